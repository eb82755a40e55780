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
    /** Ten million accounts are loaded twice, and a busy machine is several times as slow. */
    private static final int START_TIMEOUT_S = 600;
    /** The notary signs every event there is, and gives way to everybody. */
    private static final int SETTLE_TIMEOUT_S = 1_200;

    private static final int SETTLED_LOOKS = 3;
    private static final int TELL_EVERY = 10;
    private static final int LOOK_MS = 500;
    private static final int REST_LOOKS = 40;
    private static final long QUIET_NS_PER_LOOK = 50_000_000;

    private final int accounts;
    private final ScratchServer server;
    private final InetSocketAddress binary;
    private final Wallets wallets;

    private ScaleSite(int accounts, ScratchServer server, InetSocketAddress binary) {
        this.accounts = accounts;
        this.server = server;
        this.binary = binary;
        wallets = ScaleLedger.wallets(accounts);
    }

    /** Makes the ledger, and starts a server over it. The folder is gone when this is closed. */
    static ScaleSite open(Path parent, int accounts, long heapBytes, BenchOptions options, Progress progress)
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
                List.of("-Xmx" + (heapBytes >> 20) + "m", "-Xms1g"),
                START_TIMEOUT_S,
                options,
                "--binary-listen",
                "127.0.0.1:" + binary.getPort(),
                // A snapshot of one of them would fall into the seconds of another.
                "--snapshot-every",
                String.valueOf(Long.MAX_VALUE));
        return new ScaleSite(accounts, server, binary);
    }

    /** Waits until it does next to nothing: a start leaves events to be signed and a journal to be followed. */
    void settle(Progress progress) throws IOException, InterruptedException {
        long beganNs = System.nanoTime();
        int quiet = 0;
        for (int look = 0; quiet < SETTLED_LOOKS; look++) {
            if (System.nanoTime() - beganNs > SETTLE_TIMEOUT_S * 1_000_000_000L) {
                throw new IOException(
                        "the server with " + accounts + " accounts was still busy after " + SETTLE_TIMEOUT_S + " s");
            }
            if (look % TELL_EVERY == 0) {
                progress.step("waiting for the server with " + accounts + " accounts to settle");
            }
            quiet = isQuiet(List.of(this)) ? quiet + 1 : 0;
        }
    }

    /**
     * Lets all of them do what the last load has left to sign and to follow, so that it does not fall into the next
     * one's seconds; not for ever.
     */
    static void rest(List<ScaleSite> sites) throws IOException, InterruptedException {
        for (int look = 0; look < REST_LOOKS; look++) {
            if (isQuiet(sites)) {
                return;
            }
        }
    }

    private static boolean isQuiet(List<ScaleSite> sites) throws IOException, InterruptedException {
        long before = 0;
        for (ScaleSite site : sites) {
            before += site.cpuNs();
        }
        Thread.sleep(LOOK_MS);
        long now = 0;
        for (ScaleSite site : sites) {
            now += site.cpuNs();
        }
        return now - before < QUIET_NS_PER_LOOK * sites.size();
    }

    private long cpuNs() throws IOException {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow(() -> new IOException("the server with " + accounts + " accounts has ended"));
    }

    LoadResult drive(ScaleWay way, long warmUpNs, long durationNs) throws IOException, InterruptedException {
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
