package io.scrip.tools.torture;

import java.util.List;

/**
 * How one campaign ended.
 *
 * @param skipped what the machine lacks for it, {@code null} when it was run
 */
record CampaignResult(
        String id,
        String title,
        boolean mustFind,
        String skipped,
        int injuries,
        long posted,
        long unanswered,
        long unansweredApplied,
        double slowestStartSeconds,
        double seconds,
        List<String> violations) {

    static CampaignResult skipped(Campaign campaign, String why) {
        return new CampaignResult(
                campaign.id(), campaign.title(), campaign.mustFind(), why, 0, 0, 0, 0, 0, 0, List.of());
    }

    static CampaignResult of(Campaign campaign, Bench bench, double seconds) {
        Findings findings = bench.findings();
        return new CampaignResult(
                campaign.id(),
                campaign.title(),
                campaign.mustFind(),
                null,
                bench.injuries(),
                findings.posted(),
                findings.unanswered(),
                findings.unansweredApplied(),
                findings.slowestStartSeconds(),
                seconds,
                findings.violations());
    }

    /** A control passes when the oracle found what it had to find. */
    boolean passed() {
        return skipped != null || mustFind != violations.isEmpty();
    }

    String verdict() {
        if (skipped != null) {
            return "skipped: " + skipped;
        }
        if (mustFind) {
            return passed() ? "losses reported, as it must be" : "FAILED: no loss was reported";
        }
        return passed() ? "passed" : "FAILED";
    }
}
