package io.scrip.tools;

import io.scrip.gateway.auth.RateLimit;
import io.scrip.journal.DurabilityMode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the ledger until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Run the ledger. On the first start it creates the data folder, the tokens and the operator's key, which is"
                    + " printed once (or taken from SCRIP_OPERATOR_KEY).",
            "SIGTERM or Ctrl-C stops it after everything accepted is answered.",
            ""
        },
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private static final int MAX_REQUESTS_PER_SECOND = 100_000_000;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--port", defaultValue = "8080", description = "Port (default: ${DEFAULT-VALUE}; 0: a free one).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}). Put TLS in front of any other.")
    private String bind;

    @Option(
            names = "--binary-listen",
            paramLabel = "ADDRESS:PORT",
            description = "Also take binary commands over TCP there, for services on this machine, 127.0.0.1:8082 for"
                    + " example (default: no). There is no TLS; /ws/commands takes the same at the HTTP port.")
    private String binaryListen;

    @Option(
            names = "--durability",
            paramLabel = "sync|async",
            defaultValue = "sync",
            description = "sync: an answer means it survives a power cut. async: it survives the process's death, but"
                    + " a power cut may lose the last seconds (default: ${DEFAULT-VALUE}).")
    private DurabilityMode durability;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Requests per second of one wallet's key, with bursts of twice that; 0: no limit"
                    + " (default: ${DEFAULT-VALUE}).")
    private int requestsPerSecond;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Connections at the same time, HTTP, WebSocket and binary together; further ones are reset"
                    + " (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--snapshots",
            paramLabel = "on|apart|off",
            defaultValue = "on",
            description = "on: a second core follows the journal, is compared with the live one and writes snapshots,"
                    + " at the price of a second copy of the state in memory; apart: `scrip snapshotter` does that in a"
                    + " process of its own (default: ${DEFAULT-VALUE}).")
    private SnapshotOptions.Mode snapshots;

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Commands between two snapshots; one is made every hour as well, if there was any command"
                    + " (default: ${DEFAULT-VALUE}).")
    private long snapshotEvery;

    @Option(
            names = "--snapshots-kept",
            paramLabel = "N",
            defaultValue = "3",
            description = "Snapshots that are kept, at least 2 (default: ${DEFAULT-VALUE}).")
    private int snapshotsKept;

    @Option(
            names = "--snapshot-at-stop",
            description = "Make a snapshot before an orderly stop ends, so that the next start replays nothing.")
    private boolean snapshotAtStop;

    @Option(
            names = "--archive",
            paramLabel = "DIR|off",
            description =
                    "Where files are moved that no kept snapshot needs, by who makes the snapshots; they are still"
                            + " read there (default: archive in the data folder).")
    private String archive;

    @CommandLine.Mixin
    private final ThreadOptions threads = new ThreadOptions();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Null until it is ready. */
    private volatile ScripServer server;
    /** The process ends by itself, with a code of its own. */
    private volatile boolean refused;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ServerConfig config = new ServerConfig(
                data.toAbsolutePath().normalize(),
                bind,
                port,
                durability,
                rateLimit(),
                ThreadLayout.forCores(Runtime.getRuntime().availableProcessors())
                        .with(
                                threads.eventLoops,
                                threads.pipelineThreads,
                                threads.wait,
                                threads.lingerUs,
                                threads.transport,
                                threads.pins),
                System.getenv(OperatorKey.VARIABLE),
                SnapshotOptions.of(
                        snapshots,
                        snapshotEvery,
                        snapshotsKept,
                        snapshotAtStop,
                        SnapshotOptions.archive(
                                archive, new DataFolder(data.toAbsolutePath().normalize()))),
                ListenAddress.binary(binaryListen),
                connections);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(err), "scrip-stop"));
        try {
            server = ScripServer.start(config, out, err);
        } catch (RuntimeException | Error failed) {
            refused = true;
            throw failed;
        }
        err.printf(
                "scrip: ready at %s (data in %s, %s)%n",
                server.url(), config.dataFolder(), durability.name().toLowerCase(Locale.ROOT));
        if (server.binaryUrl() != null) {
            err.printf("scrip: binary commands at %s%n", server.binaryUrl());
        }
        err.flush();
        // The process ends by a signal, or by the pipeline halting it.
        new CountDownLatch(1).await();
        return ExitCode.OK.number();
    }

    private RateLimit rateLimit() {
        if (requestsPerSecond < 0 || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "--rate-limit must be 0 (no limit) to " + MAX_REQUESTS_PER_SECOND + ", not " + requestsPerSecond);
        }
        return requestsPerSecond == 0 ? RateLimit.NONE : new RateLimit(requestsPerSecond, 2 * requestsPerSecond);
    }

    /** A JVM that a signal stops would report the signal; after an orderly stop the answer is 0. */
    private void stop(PrintWriter err) {
        if (refused) {
            return;
        }
        ScripServer running = server;
        if (running == null) {
            // Nothing has been accepted, and a start may be cut off anywhere.
            err.println("scrip: stopped before it was ready");
            err.flush();
            Runtime.getRuntime().halt(ExitCode.OK.number());
        } else {
            stop(running, err);
        }
    }

    private static void stop(ScripServer server, PrintWriter err) {
        ExitCode code = ExitCode.OK;
        StopLimit limit = new StopLimit(
                System::nanoTime,
                () -> {
                    err.println(
                            "scrip: halted: what was accepted is not on the device 5 s after the signal, and was not"
                                    + " answered; everything acknowledged is safe");
                    err.flush();
                },
                Runtime.getRuntime()::halt);
        limit.start();
        try {
            // From here on commands are refused and /readyz says so; afterwards all that was accepted is on the device.
            server.pipeline().close();
            // A last snapshot was asked for, and takes as long as it takes.
            if (server.snapshots().options().atStop()) {
                limit.lift();
            }
            limit.workDone();
            server.stop();
        } catch (RuntimeException e) {
            code = Scrip.exitCodeOf(e);
            err.println("scrip: " + Scrip.describe(e));
            err.flush();
        }
        Runtime.getRuntime().halt(code.number());
    }
}
