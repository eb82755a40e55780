package io.scrip.testkit.sim;

/**
 * What one seed's run has been through.
 *
 * @param traceHash  over everything that happened; the same for the same seed and number of operations
 * @param operations messages that clients sent
 * @param commands   in the journal at the end
 */
public record RunReport(
        long traceHash,
        long operations,
        long commands,
        long crashes,
        long powerCuts,
        long crashesInRecovery,
        long starts,
        long stops,
        long refusedForces,
        long fullDisks,
        long lostEventLogs,
        long damageProbes,
        long snapshots) {
    /** Of no run at all. */
    public static final RunReport NONE = new RunReport(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together; the hash does not depend on which came first. */
    public RunReport plus(RunReport other) {
        return new RunReport(
                traceHash + other.traceHash,
                operations + other.operations,
                commands + other.commands,
                crashes + other.crashes,
                powerCuts + other.powerCuts,
                crashesInRecovery + other.crashesInRecovery,
                starts + other.starts,
                stops + other.stops,
                refusedForces + other.refusedForces,
                fullDisks + other.fullDisks,
                lostEventLogs + other.lostEventLogs,
                damageProbes + other.damageProbes,
                snapshots + other.snapshots);
    }
}
