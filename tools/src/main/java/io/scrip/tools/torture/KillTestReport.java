package io.scrip.tools.torture;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A kill test's findings for people and for scripts. Immutable but for the findings. */
final class KillTestReport {
    private static final int VIOLATIONS_SHOWN = 20;

    private final KillTestConfig config;
    private final Findings findings;

    KillTestReport(KillTestConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    Findings findings() {
        return findings;
    }

    boolean passed() {
        return findings.violations().isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder(512);
        text.append(String.format(
                Locale.ROOT,
                "kill test: seed %d, %,d wallets, %d connections, %d kills after up to %d s of load each%n",
                config.seed(),
                config.wallets(),
                config.connections(),
                config.kills(),
                config.seconds()));
        text.append(String.format(
                Locale.ROOT,
                "  attempts: %,d posted, %,d refused, %,d not accepted (503)%n",
                findings.posted(),
                findings.refused(),
                findings.notAccepted()));
        text.append(String.format(
                Locale.ROOT,
                "  without an answer at a kill: %,d, of which %,d were in the journal%n",
                findings.unanswered(),
                findings.unansweredApplied()));
        text.append(String.format(
                Locale.ROOT,
                "  sent again: %,d under load, %,d after a restart%n",
                findings.repeated(),
                findings.compared() + findings.unanswered()));
        text.append(String.format(Locale.ROOT, "  slowest start: %.1f s%n", findings.slowestStartSeconds()));
        text.append(String.format(
                Locale.ROOT, "  violations: %d%n", findings.violations().size()));
        findings.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> text.append("    ").append(violation).append(System.lineSeparator()));
        return text.toString();
    }

    String json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("passed", passed());
        json.put("seed", config.seed());
        json.put("wallets", config.wallets());
        json.put("connections", config.connections());
        json.put("kills", config.kills());
        json.put("seconds", config.seconds());
        json.put("posted", findings.posted());
        json.put("refused", findings.refused());
        json.put("not_accepted", findings.notAccepted());
        json.put("unanswered", findings.unanswered());
        json.put("unanswered_in_journal", findings.unansweredApplied());
        json.put("repeated_under_load", findings.repeated());
        json.put("compared_after_restart", findings.compared());
        json.put("slowest_start_seconds", findings.slowestStartSeconds());
        findings.violations().forEach(json.putArray("violations")::add);
        return json.toString();
    }
}
