package io.scrip.tools.torture;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The results of a run for people, for scripts, and for {@code docs/reliability.md}.
 *
 * @param seconds       it took
 * @param stolenPercent of the processors' time meanwhile, by the machine's host
 */
record TortureReport(long seed, double seconds, double stolenPercent, List<CampaignResult> results) {
    private static final int VIOLATIONS_SHOWN = 10;

    boolean passed() {
        return results.stream().allMatch(CampaignResult::passed);
    }

    String text() {
        StringBuilder text = new StringBuilder(1_024);
        text.append(String.format(
                Locale.ROOT,
                "torture: seed %d, %.1f minutes, %.0f %% of the processors' time stolen by the host%n",
                seed,
                seconds / 60,
                stolenPercent));
        text.append(String.format(
                Locale.ROOT,
                "%-13s %-46s %8s %9s %10s %10s %7s  %s%n",
                "",
                "injury",
                "injuries",
                "posted",
                "unanswered",
                "violations",
                "seconds",
                ""));
        for (CampaignResult result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-13s %-46s %8d %9d %10d %10d %7.0f  %s%n",
                    result.line().id(),
                    result.line().title(),
                    result.injuries(),
                    result.posted(),
                    result.unanswered(),
                    result.violations().size(),
                    result.seconds(),
                    result.verdict()));
            if (!result.passed()) {
                result.violations().stream()
                        .limit(VIOLATIONS_SHOWN)
                        .forEach(violation ->
                                text.append("    ").append(violation).append(System.lineSeparator()));
            }
        }
        return text.toString();
    }

    /** A Markdown table. */
    String markdown() {
        StringBuilder text = new StringBuilder(1_024);
        text.append("| | injury | injuries | acknowledged | unanswered (of which in the journal) | slowest start |"
                + " violations | seconds | verdict |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (CampaignResult result : results) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %,d | %,d (%,d) | %.1f s | %d | %.0f | %s |%n",
                    result.line().id(),
                    result.line().title(),
                    result.injuries(),
                    result.posted(),
                    result.unanswered(),
                    result.unansweredApplied(),
                    result.slowestStartSeconds(),
                    result.violations().size(),
                    result.seconds(),
                    result.verdict()));
        }
        return text.toString();
    }

    String json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("passed", passed());
        json.put("seed", seed);
        json.put("seconds", seconds);
        json.put("stolen_percent", stolenPercent);
        ArrayNode campaigns = json.putArray("campaigns");
        for (CampaignResult result : results) {
            ObjectNode campaign = campaigns.addObject();
            campaign.put("id", result.line().id());
            campaign.put("title", result.line().title());
            campaign.put("passed", result.passed());
            campaign.put("not_run", result.elsewhere());
            campaign.put("injuries", result.injuries());
            campaign.put("posted", result.posted());
            campaign.put("unanswered", result.unanswered());
            campaign.put("unanswered_in_journal", result.unansweredApplied());
            campaign.put("slowest_start_seconds", result.slowestStartSeconds());
            campaign.put("seconds", result.seconds());
            campaign.put("note", result.note());
            result.violations().forEach(campaign.putArray("violations")::add);
        }
        return json.toString();
    }
}
