package io.scrip.tools;

import io.scrip.engine.PipelineConfig;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many threads do what, and how they wait. {@link #forCores} is the table of docs/operations.md, where the reasons
 * are; every value can be set by an option.
 *
 * @param cores           that this was chosen for
 * @param eventLoops      threads that read requests and write answers
 * @param pipelineThreads 1: one thread journals and applies; 2: another one applies large batches
 * @param waiting         how the pipeline's threads wait for commands
 * @param lingerUs        for how many microseconds an event loop stays awake after it had something to do
 * @param transport       how the event loops talk to the kernel
 * @param pins            CPUs, one for each pipeline thread and then each event loop; empty: the system chooses
 */
record ThreadLayout(
        int cores,
        int eventLoops,
        int pipelineThreads,
        Wait waiting,
        int lingerUs,
        Transport transport,
        List<Integer> pins) {
    private static final int MAX_LOOPS = 256;
    private static final int NS_PER_US = 1_000;

    private static final int MAX_LINGER_US = (int) (GatewayConfig.MAX_LINGER_NS / NS_PER_US);
    private static final int LEAST_LOOPS = 2;
    private static final int USEFUL_LOOPS = 6;
    private static final int CORES_FOR_A_HELPER = 2;
    private static final int CORES_FOR_SPINNING = 8;

    /** How the pipeline's threads wait. */
    enum Wait {
        /** Asleep, woken once for all that arrived together. */
        BLOCK,
        /** Awake: the lowest latency, for a whole core each. */
        SPIN
    }

    ThreadLayout {
        pins = List.copyOf(pins);
        if (eventLoops < 1 || eventLoops > MAX_LOOPS) {
            throw new Refusal(ExitCode.USAGE, "--event-loops must be 1 to " + MAX_LOOPS + ", not " + eventLoops);
        }
        if (pipelineThreads < 1 || pipelineThreads > 2) {
            throw new Refusal(ExitCode.USAGE, "--pipeline-threads must be 1 or 2, not " + pipelineThreads);
        }
        if (lingerUs < 0 || lingerUs > MAX_LINGER_US) {
            throw new Refusal(ExitCode.USAGE, "--linger must be 0 to " + MAX_LINGER_US + ", not " + lingerUs);
        }
        if (!pins.isEmpty() && pins.size() < pipelineThreads) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "--pin needs a CPU for each of the " + pipelineThreads + " pipeline threads, and names "
                            + pins.size());
        }
    }

    /** What suits so many cores. */
    static ThreadLayout forCores(int cores) {
        return new ThreadLayout(
                cores,
                Math.max(Math.min(cores, LEAST_LOOPS), Math.min(cores / 2, USEFUL_LOOPS)),
                cores < CORES_FOR_A_HELPER ? 1 : 2,
                cores < CORES_FOR_SPINNING ? Wait.BLOCK : Wait.SPIN,
                0,
                Transport.AUTO,
                List.of());
    }

    /** The same with what the options say; {@code null} where one is not given. */
    ThreadLayout with(Integer loops, Integer stages, Wait wanted, Integer linger, Transport io, String cpus) {
        return new ThreadLayout(
                cores,
                loops == null ? eventLoops : loops,
                stages == null ? pipelineThreads : stages,
                wanted == null ? waiting : wanted,
                linger == null ? lingerUs : linger,
                io == null ? transport : io,
                cpus == null ? pins : parse(cpus));
    }

    private static List<Integer> parse(String cpus) {
        List<Integer> list = new ArrayList<>();
        for (String cpu : cpus.split(",", -1)) {
            if (!cpu.matches("[0-9]{1,4}") || list.contains(Integer.valueOf(cpu))) {
                throw new Refusal(
                        ExitCode.USAGE, "--pin takes different CPU numbers with commas between them, not " + cpus);
            }
            list.add(Integer.valueOf(cpu));
        }
        return list;
    }

    PipelineConfig pipeline() {
        PipelineConfig usual = PipelineConfig.forCores(cores);
        return new PipelineConfig(usual.ringSize(), pipelineThreads == 1, waiting == Wait.SPIN);
    }

    GatewayConfig gateway() {
        return GatewayConfig.defaults()
                .withThreads(eventLoops)
                .withTransport(transport)
                .withLinger((long) lingerUs * NS_PER_US);
    }

    /** CPU of the n-th pipeline thread or, behind those, event loop; -1: wherever the system likes. */
    int cpuOfPipeline(int thread) {
        return thread < pins.size() ? pins.get(thread) : -1;
    }

    int cpuOfLoop(int loop) {
        return cpuOfPipeline(pipelineThreads + loop);
    }

    /** Refuses what this machine does not offer, in one line and before anything has begun. */
    ThreadLayout requirePossible() {
        String why = transport.whyNot();
        if (why != null) {
            throw new Refusal(ExitCode.USAGE, "--transport " + why + ". Leave the option out, or choose another.");
        }
        PinnedThreads.requireUsable(this);
        return this;
    }

    /** One line for the start. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "scrip: threads for %d core%s: %d event loop%s (%s%s), %d pipeline thread%s (%s), %s",
                cores,
                cores == 1 ? "" : "s",
                eventLoops,
                eventLoops == 1 ? "" : "s",
                transport.chosen().option(),
                lingerUs == 0 || transport.chosen() != Transport.EPOLL
                        ? ""
                        : ", awake for " + lingerUs + " us after work",
                pipelineThreads,
                pipelineThreads == 1 ? "" : "s",
                waiting.name().toLowerCase(Locale.ROOT),
                pins.isEmpty() ? "not pinned" : "pinned to " + pins);
    }
}
