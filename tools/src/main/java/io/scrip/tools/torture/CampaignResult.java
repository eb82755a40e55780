package io.scrip.tools.torture;

import java.util.List;

/**
 * How one campaign ended.
 *
 * @param elsewhere what does it instead, or what the machine lacks for it; {@code null} when it was run
 * @param note      what else is worth knowing; may be empty
 * @param brokenOff why it could not be done to its end; {@code null} when it was
 */
record CampaignResult(
        Line line,
        String elsewhere,
        int injuries,
        long posted,
        long unanswered,
        long unansweredApplied,
        double slowestStartSeconds,
        double seconds,
        String note,
        String brokenOff,
        List<String> violations) {

    static CampaignResult notRun(Campaign campaign, String why) {
        return new CampaignResult(campaign.line(), why, 0, 0, 0, 0, 0, 0, "", null, List.of());
    }

    static CampaignResult of(Campaign campaign, Bench bench, String brokenOff, double seconds) {
        Findings findings = bench.findings();
        return new CampaignResult(
                campaign.line(),
                null,
                bench.injuries(),
                findings.posted(),
                findings.unanswered(),
                findings.unansweredApplied(),
                findings.slowestStartSeconds(),
                seconds,
                bench.note(),
                brokenOff,
                findings.violations());
    }

    /** A control passes when what had to be found was found. */
    boolean passed() {
        return elsewhere != null || (brokenOff == null && line.mustFind() != violations.isEmpty());
    }

    String verdict() {
        if (elsewhere != null) {
            return elsewhere;
        }
        if (brokenOff != null) {
            return "FAILED, could not go on: " + brokenOff;
        }
        String after = note.isEmpty() ? "" : ": " + note;
        if (line.mustFind()) {
            return (passed() ? "found, as it must be" : "FAILED: nothing was found") + after;
        }
        return (passed() ? "passed" : "FAILED") + after;
    }
}
