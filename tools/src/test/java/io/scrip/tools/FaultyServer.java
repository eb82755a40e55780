package io.scrip.tools;

import io.scrip.engine.EventListener;
import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.Pipeline;
import io.scrip.engine.PipelineConfig;
import io.scrip.engine.ReplySink;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.DurabilityMode;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The server's engine, wired as {@code ScripServer} wires it, with one stage that throws at a chosen moment: a process of
 * its own that sends itself commands, says {@code acked <n>} when the nth was answered and {@code fault} before it
 * throws.
 */
final class FaultyServer {
    private static final long BEGIN_NS = 1_790_000_000_000_000_000L;
    private static final int COMMANDS = 20_000;
    private static final long PAUSE_NS = 20_000;
    /** With this it ends by itself when what was thrown ended nothing, and says so. */
    static final int FAULT_WITHOUT_END = 99;

    private static final long STAND_STILL_NS = TimeUnit.SECONDS.toNanos(20);

    private final Stage stage;
    private final long at;
    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    /** Who throws. */
    enum Stage {
        APPEND,
        FORCE,
        CORE,
        REPLY,
        LISTENER
    }

    private FaultyServer(Stage stage, long at) {
        this.stage = stage;
        this.at = at;
    }

    /** Arguments: the stage, at which sequence it throws, the journal's folder, the number of cores. */
    public static void main(String[] arguments) {
        FaultyServer server = new FaultyServer(Stage.valueOf(arguments[0]), Long.parseLong(arguments[1]));
        server.run(Path.of(arguments[2]), Integer.parseInt(arguments[3]));
    }

    static JournalConfig config(Path folder) {
        return new JournalConfig(folder, DurabilityMode.SYNC, 256 << 10, 1 << 28, 0, 0, 0);
    }

    private void run(Path folder, int cores) {
        ChronicleJournal journal = ChronicleJournal.open(config(folder));
        EventSink events = (sequence, event, offset, length) -> throwAt(Stage.CORE, sequence);
        EventListener listener = sequence -> throwAt(Stage.LISTENER, sequence);
        LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, events);
        long[] now = {BEGIN_NS};
        Pipeline pipeline = new Pipeline(
                PipelineConfig.forCores(cores),
                new FaultyJournal(journal),
                core,
                () -> ++now[0],
                listener,
                new Halt(new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
        pipeline.start();
        LedgerScript script = new LedgerScript(at, BEGIN_NS);
        ReplySink replies = new Replies();
        for (int command = 1; command <= COMMANDS; command++) {
            MutableDirectBuffer message = script.next();
            long beganNs = System.nanoTime();
            while (!pipeline.offer(message, 0, script.lengthBytes(), replies, command)) {
                if (System.nanoTime() - beganNs > STAND_STILL_NS) {
                    notEnded("stands still at command " + command);
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        long offeredNs = System.nanoTime();
        while (System.nanoTime() - offeredNs < STAND_STILL_NS) {
            LockSupport.parkNanos(STAND_STILL_NS);
        }
        notEnded("went on to the end");
    }

    private void notEnded(String how) {
        out.println("the fault did not end the process: it " + how);
        Runtime.getRuntime().halt(FAULT_WITHOUT_END);
    }

    private void throwAt(Stage here, long sequence) {
        if (here == stage && sequence >= at) {
            out.println("fault");
            throw new IllegalStateException("thrown by the test in " + here);
        }
    }

    private final class Replies implements ReplySink {
        @Override
        public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
            throwAt(Stage.REPLY, correlationId);
            out.println("acked " + correlationId);
        }

        @Override
        public void onBatchEnd() {
            // Each is told at once.
        }
    }

    /** The journal, with a device that fails once. */
    private final class FaultyJournal implements Journal {
        private final Journal journal;

        FaultyJournal(Journal journal) {
            this.journal = journal;
        }

        private void failAt(Stage here, long sequence) {
            if (here == stage && sequence >= at) {
                out.println("fault");
                throw new JournalFailure(JournalFailure.Kind.DEVICE, "thrown by the test in " + here);
            }
        }

        @Override
        public long lastSequence() {
            return journal.lastSequence();
        }

        @Override
        public long lastTimestampNs() {
            return journal.lastTimestampNs();
        }

        @Override
        public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
            failAt(Stage.APPEND, sequence);
            journal.append(sequence, timestampNs, command, offset, length);
        }

        @Override
        public void force() {
            failAt(Stage.FORCE, journal.lastSequence());
            journal.force();
        }

        @Override
        public void onIdle() {
            journal.onIdle();
        }

        @Override
        public boolean hasRoom(int lengthBytes) {
            return journal.hasRoom(lengthBytes);
        }

        @Override
        public long replay(long fromSequence, RecordHandler handler) {
            return journal.replay(fromSequence, handler);
        }

        @Override
        public void close() {
            journal.close();
        }
    }
}
