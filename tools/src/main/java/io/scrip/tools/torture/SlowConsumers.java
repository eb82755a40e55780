package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * T13: of many WebSocket consumers one in ten stops reading. Those are cut and resume without a gap; the others never
 * notice, and the server keeps nothing for anybody.
 */
final class SlowConsumers implements Campaign {
    private static final int STUCK_ONE_IN = 10;
    /** The stuck ones follow these wallets, between which half of all movements are. */
    private static final int HOT_WALLETS = 2;

    private static final int SMALL_BUFFER_BYTES = 4_096;
    /** Until its buffers are full, and ten seconds more. */
    private static final int CUT_LIMIT_S = 400;
    /** Who is silent for a minute is dropped for that; these say something and read nothing. */
    private static final int WORD_EVERY_S = 5;

    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    /** The connection that pays. */
    private static final int OTHER_SOCKETS = 1;

    private static final int BEGIN_LIMIT_S = 120;
    private static final int FEWEST = 200;
    private static final int DRAIN_LIMIT_S = 60;
    private static final int PAUSE_MS = 8;
    private static final int QUIET_S = 2;
    private static final int SLOW_DOWN = 1_013;
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final long MOST_GROWTH_BYTES = 256L << 20;

    @Override
    public Line line() {
        return new Line("T13", "slow WebSocket consumers (100 of 1,000)", 1_000, 5_000, 0.05);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        int consumers = Math.max(FEWEST, injuries);
        try (Trial trial = bench.trial();
                Selector selector = Selector.open()) {
            trial.start(Launch.PLAIN);
            int listening = trial.server().openSockets();
            trial.openAndFund();
            List<WalletStream> reading = new ArrayList<>();
            List<WalletStream> stuck = new ArrayList<>();
            try {
                open(trial, selector, consumers, reading, stuck);
                long bytesBefore = trial.server().residentBytes();
                List<Long> answersNs =
                        loadUntilCut(bench, trial, selector, stuck, listening + reading.size() + OTHER_SOCKETS);
                long bytes = trial.server().residentBytes();
                answersNs.sort(null);
                bench.note(String.format(
                        Locale.ROOT,
                        "%d of %d cut; resident %,d MiB before, %,d after; 99 of 100 transfers within %.1f ms",
                        stuck.size(),
                        consumers,
                        bytesBefore >> 20,
                        bytes >> 20,
                        answersNs.get(answersNs.size() * 99 / 100) / 1e6));
                if (bytes > bytesBefore + MOST_GROWTH_BYTES) {
                    trial.findings().violation("from " + bytesBefore + " to " + bytes + " bytes resident");
                }
                settle(trial, selector, reading);
                resume(trial, selector, reading, stuck);
                bench.hurt(consumers);
            } finally {
                reading.forEach(WalletStream::close);
                stuck.forEach(WalletStream::close);
            }
            trial.verify("after " + consumers + " consumers");
            trial.finish();
        }
    }

    /** The first streams read the hot wallets, in turn, as the stuck ones do not. */
    private static void open(
            Trial trial, Selector selector, int consumers, List<WalletStream> reading, List<WalletStream> stuck)
            throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(BEGIN_LIMIT_S);
        int hot = consumers / STUCK_ONE_IN;
        for (int consumer = 0; consumer < consumers; consumer++) {
            boolean slow = consumer < hot;
            boolean follows = slow || consumer < hot + HOT_WALLETS;
            int wallet = follows
                    ? consumer % HOT_WALLETS
                    : consumer % trial.population().size();
            WalletStream stream = WalletStream.open(
                    trial.server().address(),
                    trial.population().id(wallet),
                    trial.population().key(wallet),
                    0,
                    slow ? SMALL_BUFFER_BYTES : 0);
            if (slow) {
                stuck.add(stream);
            } else {
                reading.add(stream);
                stream.channel().register(selector, SelectionKey.OP_READ, stream);
            }
        }
        // Those that never read were the first to come, and are there when the last one is.
        while (reading.stream().anyMatch(stream -> !stream.hasBegun() && !stream.hasEnded())) {
            read(selector, PAUSE_MS);
            if (System.nanoTime() > deadlineNs) {
                throw new IOException("not every stream has begun after " + BEGIN_LIMIT_S + " s");
            }
        }
    }

    /** Transfers one after the other until so many sockets are left, which is when the stuck ones have been cut. */
    private static List<Long> loadUntilCut(
            Bench bench, Trial trial, Selector selector, List<WalletStream> stuck, int socketsLeft)
            throws IOException, InterruptedException {
        List<Long> answersNs = new ArrayList<>();
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(CUT_LIMIT_S);
        int lane = trial.newLane();
        try (HttpConnection connection = new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS)) {
            answersNs.add(transfer(bench, trial, connection, lane));
            long saidNs = System.nanoTime();
            while (trial.server().openSockets() > socketsLeft) {
                if (System.nanoTime() - saidNs > TimeUnit.SECONDS.toNanos(WORD_EVERY_S)) {
                    saidNs = System.nanoTime();
                    stuck.forEach(SlowConsumers::sayOneWord);
                }
                if (System.nanoTime() > deadlineNs) {
                    trial.findings().violation("stuck consumers are not cut within " + CUT_LIMIT_S + " s");
                    break;
                }
                for (int transfer = 0; transfer < STUCK_ONE_IN; transfer++) {
                    answersNs.add(transfer(bench, trial, connection, lane));
                    read(selector, PAUSE_MS);
                }
            }
        }
        return answersNs;
    }

    private static void sayOneWord(WalletStream stream) {
        try {
            stream.channel().write(ByteBuffer.wrap(PONG));
        } catch (IOException cut) {
            // As it has to be.
        }
    }

    private static long transfer(Bench bench, Trial trial, HttpConnection connection, int lane) throws IOException {
        int wallets = trial.population().size();
        boolean hot = bench.random().nextBoolean();
        int from = hot ? bench.random().nextInt(HOT_WALLETS) : bench.random().nextInt(wallets);
        int to = hot ? 1 - from : (from + 1 + bench.random().nextInt(wallets - 1)) % wallets;
        Attempt attempt = new Attempt(
                Ids.random(bench.random()), from, to, 1 + bench.random().nextInt(1_000), lane);
        trial.log().intend(attempt);
        long beganNs = System.nanoTime();
        Answer answer = trial.requests().send(connection, attempt);
        long tookNs = System.nanoTime() - beganNs;
        String wrong = Requests.decide(attempt, answer, false);
        if (wrong != null) {
            trial.findings().violation(wrong);
        }
        trial.log().note(attempt);
        return tookNs;
    }

    private static void read(Selector selector, int waitMs) throws IOException {
        selector.select(waitMs);
        for (SelectionKey key : selector.selectedKeys()) {
            WalletStream stream = (WalletStream) key.attachment();
            stream.read();
            if (stream.hasEnded()) {
                key.cancel();
            }
        }
        selector.selectedKeys().clear();
    }

    /** Whether one of those that resumed is not where its neighbour is; one that was closed never will be. */
    private static boolean anyElsewhere(List<WalletStream> resumed, List<WalletStream> reading, int hot) {
        for (int index = 0; index < resumed.size(); index++) {
            WalletStream stream = resumed.get(index);
            if (!stream.hasEnded() && last(stream) != last(neighbour(reading, index, hot))) {
                return true;
            }
        }
        return false;
    }

    private static long last(WalletStream stream) {
        List<Long> movements = stream.movements();
        return movements.isEmpty() ? 0 : movements.get(movements.size() - 1);
    }

    /** Reads until nothing has come for a while; nobody who reads may have missed anything or been cut. */
    private static void settle(Trial trial, Selector selector, List<WalletStream> reading) throws IOException {
        long quietSinceNs = System.nanoTime();
        long counted = count(reading);
        // By the clock: a selector wakes for what is no movement, too, and then does not wait.
        while (System.nanoTime() - quietSinceNs < TimeUnit.SECONDS.toNanos(QUIET_S)) {
            read(selector, PAUSE_MS);
            long now = count(reading);
            if (now != counted) {
                counted = now;
                quietSinceNs = System.nanoTime();
            }
        }
        for (WalletStream stream : reading) {
            if (stream.wrong() != null || stream.hasEnded()) {
                trial.findings()
                        .violation("a consumer that reads was hurt: " + stream.wrong() + ", closed with "
                                + stream.closeCode());
            }
        }
    }

    private static long count(List<WalletStream> streams) {
        return streams.stream().mapToLong(stream -> stream.movements().size()).sum();
    }

    /** Each of the stuck: what it had got, then what it asks for from there on, is what a neighbour got. */
    private static void resume(Trial trial, Selector selector, List<WalletStream> reading, List<WalletStream> stuck)
            throws IOException, InterruptedException {
        List<WalletStream> resumed = new ArrayList<>();
        try {
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_LIMIT_S);
            for (int index = 0; index < stuck.size(); index++) {
                WalletStream stream = stuck.get(index);
                drain(stream, deadlineNs);
                if (!stream.hasEnded()) {
                    trial.findings().violation("a consumer that does not read was not cut");
                }
                if (stream.closeCode() != 0 && stream.closeCode() != SLOW_DOWN) {
                    trial.findings().violation("a slow consumer was cut with " + stream.closeCode());
                }
                long from = stream.movements().isEmpty() ? firstOf(reading, index) : last(stream) + 1;
                int wallet = index % HOT_WALLETS;
                WalletStream again = WalletStream.open(
                        trial.server().address(),
                        trial.population().id(wallet),
                        trial.population().key(wallet),
                        from,
                        0);
                again.channel().register(selector, SelectionKey.OP_READ, again);
                resumed.add(again);
            }
            long resumedByNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_LIMIT_S);
            // Either may still have something to read: on a busy machine the neighbour, too.
            do {
                settle(trial, selector, resumed);
            } while (System.nanoTime() < resumedByNs && anyElsewhere(resumed, reading, stuck.size()));
            for (int index = 0; index < stuck.size(); index++) {
                List<Long> all = new ArrayList<>(stuck.get(index).movements());
                all.addAll(resumed.get(index).movements());
                // Neighbours of both wallets are the first that read.
                List<Long> neighbour = neighbour(reading, index, stuck.size()).movements();
                if (!all.equals(neighbour)) {
                    trial.findings()
                            .violation("a consumer that resumed has " + all.size() + " movements, its neighbour "
                                    + neighbour.size());
                }
            }
        } finally {
            resumed.forEach(WalletStream::close);
        }
    }

    private static WalletStream neighbour(List<WalletStream> reading, int index, int hot) {
        return reading.get(Math.floorMod(index - hot, HOT_WALLETS));
    }

    private static long firstOf(List<WalletStream> reading, int index) {
        List<Long> movements = reading.get(index % HOT_WALLETS).movements();
        return movements.isEmpty() ? 1 : movements.get(0);
    }

    private static void drain(WalletStream stream, long deadlineNs) throws InterruptedException {
        while (!stream.hasEnded() && System.nanoTime() < deadlineNs) {
            stream.read();
            Thread.sleep(1);
        }
    }
}
