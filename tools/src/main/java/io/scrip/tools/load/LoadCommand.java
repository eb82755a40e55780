package io.scrip.tools.load;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip load}: load for a server that runs already. */
@Command(
        name = "load",
        description = {
            "Put load on a running server: opens and funds wallets, then sends a mix of operations and tells how fast"
                    + " they were answered.",
            "The server's operator key is read from SCRIP_OPERATOR_KEY. Start the server with --rate-limit 0, or its"
                    + " limit of each key is what is measured.",
            "With --rate requests are due at fixed moments and their latency counts from there, so a server that stalls"
                    + " cannot hide it.",
            ""
        },
        sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
    private static final String KEY_VARIABLE = "SCRIP_OPERATOR_KEY";
    private static final int MOST_WALLETS = 10_000_000;
    private static final int MOST_IN_BATCH = 8_190;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)?");
    private static final Pattern ADDRESS = Pattern.compile("http://([A-Za-z0-9.-]+)(?::(\\d{1,5}))?/?");
    private static final double NS_PER_MS = 1e6;

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(
            names = "--protocol",
            paramLabel = "http|binary",
            defaultValue = "http",
            description =
                    "What the load is sent over; wallets are opened over HTTP anyway (default: ${DEFAULT-VALUE}).")
    private Protocol protocol;

    @Option(
            names = "--binary-address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8082",
            description = "Where the server takes binary commands, its --binary-listen (default: ${DEFAULT-VALUE}).")
    private String binaryAddress;

    @Option(names = "--wallets", paramLabel = "N", defaultValue = "1000", description = "Default: ${DEFAULT-VALUE}.")
    private int wallets;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int connections;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1",
            description = "Requests under way on a connection at a time (default: ${DEFAULT-VALUE}).")
    private int depth;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Open loop: so many requests a second, whatever the answers take (default: closed loop).")
    private Double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "With ms, s, m or h (default: ${DEFAULT-VALUE}).")
    private String duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "Load before it, which does not count (default: ${DEFAULT-VALUE}).")
    private String warmUp;

    @Option(
            names = "--mix",
            paramLabel = "NAME=N,…",
            defaultValue = "transfer=1",
            description = "How often what is sent: transfer, hold, capture, void, balance, history (default:"
                    + " ${DEFAULT-VALUE}; for example transfer=80,hold=10,balance=10).")
    private String mix;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Transfers in one request (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--zipf",
            paramLabel = "S",
            defaultValue = "0",
            description = "Some wallets more often than others: Zipf's law with this exponent (default: evenly).")
    private double zipf;

    @Option(names = "--hot", description = "One wallet is paid by all others.")
    private boolean hot;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Option(
            names = "--histogram",
            paramLabel = "FILE",
            description = "Write all percentiles, as HdrHistogram's tools" + " read them, in milliseconds.")
    private Path histogram;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private long beganNs;
    private long appliedBefore;

    /** What a load is sent over. */
    enum Protocol {
        HTTP,
        BINARY
    }

    @Override
    public Integer call() throws InterruptedException {
        String key = System.getenv(KEY_VARIABLE);
        InetSocketAddress server = address();
        requireWritable();
        LoadPlan plan = plan(protocol == Protocol.HTTP ? server : binaryAddress());
        Mix operations = valid(() -> Mix.parse(mix));
        Skew skew = valid(() -> new Skew(zipf, hot));
        if (protocol == Protocol.BINARY) {
            valid(() -> BinaryLoad.require(operations));
        }
        if (key == null || key.isBlank()) {
            throw new Refusal(ExitCode.USAGE, "set " + KEY_VARIABLE + " to the server's operator key");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            beganNs = System.nanoTime();
            Wallets opened = Load.open(server, key, wallets, this::showSetUp);
            err.printf(
                    Locale.ROOT,
                    "scrip: %,d wallets opened and funded in %.1f s%n",
                    wallets,
                    (System.nanoTime() - beganNs) / 1e9);
            err.flush();
            LoadResult result = protocol == Protocol.HTTP
                    ? Load.run(plan, opened, operations, skew, batch, this::showSecond)
                    : Load.runBinary(plan, opened, operations, skew, batch, this::showSecond);
            return report(result).number();
        } catch (IOException e) {
            throw new Refusal(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private ExitCode report(LoadResult result) throws IOException {
        if (histogram != null) {
            try (PrintStream out = new PrintStream(Files.newOutputStream(histogram), false, StandardCharsets.UTF_8)) {
                result.latencies().outputPercentileDistribution(out, NS_PER_MS);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? result.json() + System.lineSeparator() : result.text());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (result.count(Meter.Count.LIMITED) > 0) {
            err.println("scrip: the server's limit of a key was reached; start it with --rate-limit 0");
        }
        if (result.firstUnexpected() != null) {
            err.println("scrip: the first unexpected answer was " + result.firstUnexpected());
        }
        err.flush();
        return result.faults() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private LoadPlan plan(InetSocketAddress server) {
        require(wallets >= 2 && wallets <= MOST_WALLETS, "--wallets must be 2 to " + MOST_WALLETS);
        require(batch >= 1 && batch <= MOST_IN_BATCH, "--batch must be 1 to " + MOST_IN_BATCH);
        require(rate == null || rate > 0, "--rate must be above 0");
        require(connections >= 1 && connections <= LoadPlan.MOST_CONNECTIONS, "--connections must be 1 to 20000");
        require(depth >= 1 && depth <= LoadPlan.MOST_UNDER_WAY, "--depth must be 1 to 1024");
        require(threads >= 1 && threads <= LoadPlan.MOST_THREADS, "--threads must be 1 to 64");
        require(threads <= connections, "--threads must not be more than --connections");
        return valid(() -> LoadPlan.closed(server, connections, nanos("--duration", duration))
                .withDepth(depth)
                .withThreads(threads)
                .atRate(rate == null ? 0 : rate)
                .warmedUp(nanos("--warm-up", warmUp))
                .withBatch(batch));
    }

    /** Before the load, for afterwards its result would be lost. */
    private void requireWritable() {
        Path parent = histogram == null ? null : histogram.toAbsolutePath().getParent();
        require(
                histogram == null || (!Files.isDirectory(histogram) && parent != null && Files.isWritable(parent)),
                "--histogram names no file that can be written: " + histogram);
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new CommandLine.ParameterException(spec.commandLine(), rule);
        }
    }

    private <T> T valid(java.util.function.Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Reads 500ms, 10s, 5m, 1h, or plain seconds. */
    static long nanos(String option, String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    option + " must be a time such as 500ms, 10s or 5m, not \"" + text + "\"");
        }
        long unitNs = switch (parts.group(2) == null ? "s" : parts.group(2)) {
            case "ms" -> 1_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000_000_000L;
        };
        return Long.parseLong(parts.group(1)) * unitNs;
    }

    private InetSocketAddress address() {
        Matcher parts = ADDRESS.matcher(url);
        require(parts.matches(), "--url must be http://HOST:PORT, not \"" + url + "\"");
        return address("--url", parts.group(1), parts.group(2) == null ? 80 : Integer.parseInt(parts.group(2)));
    }

    private InetSocketAddress binaryAddress() {
        Matcher parts = ADDRESS.matcher("http://" + binaryAddress);
        require(
                parts.matches() && parts.group(2) != null,
                "--binary-address must be HOST:PORT, not \"" + binaryAddress + "\"");
        return address("--binary-address", parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private InetSocketAddress address(String option, String host, int port) {
        require(port >= 1 && port <= 65_535, "the port of " + option + " must be 1 to 65535, not " + port);
        InetSocketAddress address = new InetSocketAddress(host, port);
        require(!address.isUnresolved(), "the host of " + option + " is not known: " + host);
        return address;
    }

    private void showSetUp(Histogram second, Map<String, Long> sums) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(Locale.ROOT, "scrip: setting up: %,d of %,d wallets%n", sums.get("applied"), wallets);
        err.flush();
    }

    private void showSecond(Histogram second, Map<String, Long> sums) {
        long applied = sums.get("applied");
        long errors = sums.values().stream().mapToLong(Long::longValue).sum() - applied - sums.get("answers");
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "scrip: %,9d/s  p50 %8.3f ms  p99 %8.3f ms  max %8.3f ms  %,d errors%n",
                applied - appliedBefore,
                second.getValueAtPercentile(50) / NS_PER_MS,
                second.getValueAtPercentile(99) / NS_PER_MS,
                second.getMaxValue() / NS_PER_MS,
                errors);
        err.flush();
        appliedBefore = applied;
    }
}
