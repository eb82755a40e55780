package io.scrip.tools.killtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a kill test did and found. Filled by one thread. */
final class KillTestReport {
    private static final int VIOLATIONS_SHOWN = 20;

    private final KillTestConfig config;
    private final List<Long> recoveriesNs = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long posted;
    private long refused;
    private long notAccepted;
    private long unanswered;
    private long unansweredApplied;
    private long repeated;
    private long compared;

    KillTestReport(KillTestConfig config) {
        this.config = config;
    }

    void recovered(long tookNs) {
        recoveriesNs.add(tookNs);
    }

    void violations(List<String> found) {
        violations.addAll(found);
    }

    void repeated(long count) {
        repeated += count;
    }

    void compared(long count) {
        compared += count;
    }

    void decided(long count, long appliedBeforeKill) {
        unanswered += count;
        unansweredApplied += appliedBeforeKill;
    }

    void count(List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            switch (attempt.state()) {
                case POSTED -> posted++;
                case REFUSED -> refused++;
                case NOT_ACCEPTED -> notAccepted++;
                case UNKNOWN -> violations.add("O7 never decided: " + attempt);
            }
        }
    }

    boolean passed() {
        return violations.isEmpty();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long posted() {
        return posted;
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
                posted,
                refused,
                notAccepted));
        text.append(String.format(
                Locale.ROOT,
                "  without an answer at a kill: %,d, of which %,d were in the journal%n",
                unanswered,
                unansweredApplied));
        text.append(String.format(
                Locale.ROOT, "  sent again: %,d under load, %,d after a restart%n", repeated, compared + unanswered));
        text.append(String.format(Locale.ROOT, "  slowest start: %.1f s%n", slowestRecoverySeconds()));
        text.append(String.format(Locale.ROOT, "  violations: %d%n", violations.size()));
        violations.stream()
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
        json.put("posted", posted);
        json.put("refused", refused);
        json.put("not_accepted", notAccepted);
        json.put("unanswered", unanswered);
        json.put("unanswered_in_journal", unansweredApplied);
        json.put("repeated_under_load", repeated);
        json.put("compared_after_restart", compared);
        json.put("slowest_start_seconds", slowestRecoverySeconds());
        violations.forEach(json.putArray("violations")::add);
        return json.toString();
    }

    private double slowestRecoverySeconds() {
        return recoveriesNs.stream().mapToLong(Long::longValue).max().orElse(0) / 1e9;
    }
}
