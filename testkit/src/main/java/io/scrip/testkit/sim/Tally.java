package io.scrip.testkit.sim;

/** Counts of what a run has been through. */
final class Tally {
    int operations;
    int crashes;
    int powerCuts;
    int crashesInRecovery;
    int starts;
    int stops;
    int refusedForces;
    int fullDisks;
    int lostEventLogs;
    int damageProbes;
    int snapshots;

    RunReport report(long traceHash, long commands) {
        return new RunReport(
                traceHash,
                operations,
                commands,
                crashes,
                powerCuts,
                crashesInRecovery,
                starts,
                stops,
                refusedForces,
                fullDisks,
                lostEventLogs,
                damageProbes,
                snapshots);
    }
}
