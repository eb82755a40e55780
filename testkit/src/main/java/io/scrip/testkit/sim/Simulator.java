package io.scrip.testkit.sim;

/**
 * Runs the whole server below its network, seed by seed: the real core, stages, journal, event log and recovery over a
 * simulated disk, clock and clients, with faults, and with every check of {@link Check} after each step. A seed's run
 * is the same on every machine, bit by bit. Static and without state: any number of threads.
 */
public final class Simulator {
    private Simulator() {}

    /**
     * How a run ended.
     *
     * @param broken the check that failed, null when all passed
     * @param what   what went wrong, in words; empty when all passed
     */
    public record Result(long seed, RunReport report, Check broken, String what) {
        public boolean passed() {
            return broken == null;
        }
    }

    /**
     * Runs one seed; never throws because of what the run finds.
     *
     * @param operations messages that clients send
     */
    public static Result run(long seed, int operations) {
        Run run = new Run(seed, operations);
        try {
            return new Result(seed, run.run(), null, "");
        } catch (Violation violation) {
            return new Result(seed, run.soFar(), violation.check(), violation.getMessage());
        } catch (RuntimeException | Error thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            String place = trace.length == 0 ? "" : " at " + trace[0];
            return new Result(seed, run.soFar(), Check.FAULT, thrown + place);
        }
    }
}
