package io.scrip.tools;

import io.scrip.testkit.sim.RunReport;
import io.scrip.testkit.sim.Simulator;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs seeds of the simulator, which are independent of each other, on as many threads as there are cores. */
@Command(
        name = "simulate",
        description = {
            "Run the ledger over a simulated disk, clock and network that fail, and compare everything with a model.",
            "Writes nothing and opens no port. A seed that finds something is printed with the command that replays it,",
            "bit by bit, and the exit code is 1.",
            ""
        })
final class SimulateCommand implements Callable<Integer> {
    private static final long QUIET_NS = 2_000_000_000L;
    private static final long EVERY_NS = 1_000_000_000L;
    private static final int MOST_PRINTED = 10;

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds (default: ${DEFAULT-VALUE}).")
    private long seeds = 100;

    @Option(names = "--seed", paramLabel = "S", description = "The first seed (default: ${DEFAULT-VALUE}).")
    private long firstSeed = 1;

    @Option(names = "--ops", paramLabel = "N", description = "Messages sent in each (default: ${DEFAULT-VALUE}).")
    private int operations = 10_000;

    @Option(names = "--threads", paramLabel = "N", description = "Seeds at a time (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final AtomicLong next = new AtomicLong();
    private final List<Simulator.Result> broken = new ArrayList<>();
    private RunReport total = RunReport.NONE;
    private long done;
    private long beganNs;
    private long nextLineNs;

    @Override
    public Integer call() throws InterruptedException {
        require(seeds >= 1, "--seeds must be at least 1");
        require(operations >= 1, "--ops must be at least 1");
        require(threads >= 1 && threads <= 1_024, "--threads must be from 1 to 1024");
        beganNs = System.nanoTime();
        nextLineNs = beganNs + QUIET_NS;
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ends.add(workers.submit(this::work));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a thread of the simulation failed: " + failed.getCause(), failed);
        } finally {
            workers.shutdownNow();
        }
        broken.sort(Comparator.comparingLong(Simulator.Result::seed));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? toJson() : toText());
        return (broken.isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
    }

    private void require(boolean valid, String rule) {
        if (!valid) {
            throw new CommandLine.ParameterException(spec.commandLine(), rule);
        }
    }

    private void work() {
        for (long index = next.getAndIncrement(); index < seeds; index = next.getAndIncrement()) {
            finished(Simulator.run(firstSeed + index, operations));
        }
    }

    private synchronized void finished(Simulator.Result result) {
        done++;
        total = total.plus(result.report());
        PrintWriter err = spec.commandLine().getErr();
        if (!result.passed()) {
            broken.add(result);
            if (broken.size() <= MOST_PRINTED) {
                err.println(describe(result));
            }
        }
        long nowNs = System.nanoTime();
        if (nowNs - nextLineNs >= 0 && done < seeds) {
            nextLineNs = nowNs + EVERY_NS;
            double perSecond = done * 1e9 / (nowNs - beganNs);
            err.printf(
                    Locale.ROOT,
                    "scrip: simulating: %,d of %,d seeds, %.1f/s, %.0f s left%s%n",
                    done,
                    seeds,
                    perSecond,
                    (seeds - done) / perSecond,
                    broken.isEmpty() ? "" : ", " + broken.size() + " found something");
        }
        err.flush();
    }

    private String describe(Simulator.Result result) {
        return "seed " + result.seed() + " after " + result.report().operations() + " operations: not true that "
                + result.broken().promise() + ": " + result.what() + "\n  replay it: " + replay(result.seed());
    }

    private String replay(long seed) {
        return "./scrip simulate --seeds 1 --seed " + seed + " --ops " + operations;
    }

    private String toText() {
        String lines = String.format(
                Locale.ROOT,
                "%,d seeds of %,d operations in %.1f s on %d threads: %,d commands in the journal%n"
                        + "%,d crashes (%,d power cuts), %,d more in recovery, %,d orderly stops, %,d refused forces,"
                        + " %,d full disks,%n%,d lost or damaged event logs, %,d bits turned over; trace %016x%n",
                done,
                operations,
                (System.nanoTime() - beganNs) / 1e9,
                threads,
                total.commands(),
                total.crashes(),
                total.powerCuts(),
                total.crashesInRecovery(),
                total.stops(),
                total.refusedForces(),
                total.fullDisks(),
                total.lostEventLogs(),
                total.damageProbes(),
                total.traceHash());
        return lines
                + (broken.isEmpty()
                        ? "nothing that must not happen has happened"
                        : broken.size() + " seeds found something; the first: "
                                + replay(broken.get(0).seed()));
    }

    private String toJson() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("seeds", done);
        object.put("firstSeed", firstSeed);
        object.put("operations", operations);
        object.put("threads", threads);
        object.put("milliseconds", (System.nanoTime() - beganNs) / 1_000_000);
        object.put("commands", total.commands());
        object.put("crashes", total.crashes());
        object.put("powerCuts", total.powerCuts());
        object.put("crashesInRecovery", total.crashesInRecovery());
        object.put("stops", total.stops());
        object.put("refusedForces", total.refusedForces());
        object.put("fullDisks", total.fullDisks());
        object.put("lostEventLogs", total.lostEventLogs());
        object.put("damageProbes", total.damageProbes());
        object.put("trace", String.format("%016x", total.traceHash()));
        ArrayNode found = object.putArray("broken");
        for (Simulator.Result result : broken) {
            ObjectNode entry = found.addObject();
            entry.put("seed", result.seed());
            entry.put("check", result.broken().name());
            entry.put("what", result.what());
            entry.put("replay", replay(result.seed()));
        }
        return object.toString();
    }
}
