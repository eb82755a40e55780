package io.scrip.benchmarks;

import io.scrip.tools.load.Load;
import io.scrip.tools.load.LoadPlan;
import io.scrip.tools.load.LoadResult;
import io.scrip.tools.load.Mix;
import io.scrip.tools.load.Skew;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One server with so many funded wallets, in a process of its own, with both doors open. Belongs to one thread. */
final class ScaleSite implements AutoCloseable {
    /** A state and its follower's copy, with room for tables that grow; see {@link ScaleBench}. */
    private static final long HEAP_BYTES_PER_ACCOUNT = 1_000;

    private static final long LEAST_HEAP_BYTES = 1L << 30;
    private static final int SETTLE_TIMEOUT_S = 240;
    private static final int SETTLE_LOOK_MS = 1_000;
    private static final long QUIET_NS_PER_LOOK = 100_000_000;

    private final int accounts;
    private final ScratchServer server;
    private final InetSocketAddress binary;
    private final Wallets wallets;

    /**
     * A way into the ledger.
     *
     * @param depth requests under way on each connection
     * @param batch transfers in a request
     */
    record Way(String name, boolean binary, int connections, int depth, int batch) {}

    private ScaleSite(int accounts, ScratchServer server, InetSocketAddress binary) {
        this.accounts = accounts;
        this.server = server;
        this.binary = binary;
        wallets = ScaleLedger.wallets(accounts);
    }

    /** Heap that a server with so many is given. */
    static long heapBytes(int accounts) {
        return LEAST_HEAP_BYTES + accounts * HEAP_BYTES_PER_ACCOUNT;
    }

    /** Makes the ledger, and starts a server over it. The folder is gone when this is closed. */
    static ScaleSite open(Path parent, int accounts, BenchOptions options, Progress progress)
            throws IOException, InterruptedException {
        String key = ScratchServer.newOperatorKey();
        String with = String.format(Locale.ROOT, "%,d accounts: ", accounts);
        Path folder = parent.resolve("accounts-" + accounts);
        int code = ChildProcess.run(
                ScaleLedger.command(folder.resolve("data"), accounts, key), line -> progress.step(with + line));
        if (code != 0) {
            throw new IOException("a ledger of " + accounts + " accounts could not be made: code " + code);
        }
        progress.step(with + "starting");
        InetSocketAddress binary = ScratchServer.freeAddress();
        ScratchServer server = ScratchServer.takingOver(
                folder,
                key,
                List.of("-Xmx" + (heapBytes(accounts) >> 20) + "m", "-Xms1g", "-Xmn512m"),
                options,
                "--binary-listen",
                "127.0.0.1:" + binary.getPort(),
                // A snapshot of one of them would fall into the seconds of another.
                "--snapshot-every",
                String.valueOf(Long.MAX_VALUE));
        return new ScaleSite(accounts, server, binary);
    }

    /** Waits until it does next to nothing: a start leaves events to be signed and a journal to be followed. */
    void settle() throws IOException, InterruptedException {
        long before = cpuNs();
        for (int i = 0; i < SETTLE_TIMEOUT_S; i++) {
            Thread.sleep(SETTLE_LOOK_MS);
            long now = cpuNs();
            if (now - before < QUIET_NS_PER_LOOK) {
                return;
            }
            before = now;
        }
        throw new IOException(
                "the server with " + accounts + " accounts was still busy after " + SETTLE_TIMEOUT_S + " s");
    }

    private long cpuNs() throws IOException {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> new IOException("the server with " + accounts + " accounts has ended"));
    }

    LoadResult drive(Way way, long warmUpNs, long durationNs) throws IOException, InterruptedException {
        LoadPlan plan = LoadPlan.closed(
                        way.binary() ? binary : server.address(), Math.min(way.connections(), accounts), durationNs)
                .withDepth(way.depth())
                .warmedUp(warmUpNs);
        LoadResult result = way.binary()
                ? Load.runBinary(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, way.batch(), Load.Observer.NONE)
                : Load.run(plan, wallets, Mix.TRANSFERS, Skew.UNIFORM, way.batch(), Load.Observer.NONE);
        if (result.applied() == 0 || result.notApplied() > 0) {
            throw new IOException("the server with " + accounts + " accounts did not answer as it should: "
                    + result.applied() + " applied, " + result.notApplied() + " not, " + result.firstUnexpected());
        }
        return result;
    }

    /** What lives on its heap. */
    long liveHeapBytes() throws IOException {
        try (JvmView jvm = JvmView.of(server.pid())) {
            return jvm.liveHeapBytes();
        }
    }

    int accounts() {
        return accounts;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
