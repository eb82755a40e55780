package io.scrip.benchmarks;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One transfer between two accounts picked evenly, with a fresh id: through the core (decode, decide, event, reply),
 * and the least that somebody might write instead. All remember the same number of ids.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
public class TransferBenchmark {
    private static final int REMEMBERED_IDS = 1 << 20;
    private static final long ID_HIGH = 0x5C21_0000_0000_4000L;

    /** Picks accounts, the same ones in every benchmark. */
    @State(Scope.Thread)
    public abstract static class Picks {
        @Param({"10000", "1000000"})
        public int accounts;

        private long state = 42;
        private long count;

        int next() {
            state += 0x9E3779B97F4A7C15L;
            return (int) Math.floorMod(mix(state), (long) accounts);
        }

        /** As scattered as the random bits of real ids; counted ones would sit side by side in a hash table. */
        long nextId() {
            count++;
            return mix(count);
        }

        private static long mix(long number) {
            long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }

    /** The core with funded wallets. */
    @State(Scope.Thread)
    public static class Core extends Picks {
        private final CommandReplyDecoder reply = new CommandReplyDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private LedgerProcessor processor;
        /** Those that wait, as in a pipeline under load, and one that comes alone. */
        private final TransferCommand[] waiting = new TransferCommand[LedgerProcessor.FORESEEN_TOGETHER];

        private int nextWaiting = waiting.length;
        private TransferCommand alone;
        private long eventBytes;
        private Outcome outcome;
        /** Made once: the pipeline has one for all commands, too. */
        private final CommandReplySink replySink = this::onReply;

        @Setup
        public void setUp() {
            Retention retention = new Retention(Long.MAX_VALUE / 2, REMEMBERED_IDS, REMEMBERED_IDS / 16);
            processor = new LedgerProcessor(retention, (eventSequence, event, offset, length) -> eventBytes += length);
            FundedLedger.open(processor, accounts);
            alone = new TransferCommand(FundedLedger.CRD);
            for (int i = 0; i < waiting.length; i++) {
                waiting[i] = new TransferCommand(FundedLedger.CRD);
            }
            // A window of ids that still grows would be measured instead of a transfer.
            for (int i = 0; i < REMEMBERED_IDS + REMEMBERED_IDS / 8; i++) {
                transfer();
            }
        }

        @TearDown(Level.Iteration)
        public void check() {
            if (outcome != Outcome.APPLIED
                    || eventBytes == 0
                    || !processor.trialBalance().isZero()) {
                throw new IllegalStateException("the last transfer was " + outcome);
            }
        }

        /** Of several that wait and that the core was told of, as the pipeline's stage and a batch do. */
        Outcome waiting() {
            if (nextWaiting == waiting.length) {
                nextWaiting = 0;
                for (TransferCommand command : waiting) {
                    set(command);
                    processor.foresee(command.buffer(), 0, command.lengthBytes());
                }
            }
            return apply(waiting[nextWaiting++]);
        }

        Outcome transfer() {
            set(alone);
            return apply(alone);
        }

        private void set(TransferCommand command) {
            int from = next();
            int to = next();
            to = to == from ? (to + 1) % accounts : to;
            command.set(ID_HIGH, nextId(), FundedLedger.wallet(from), FundedLedger.wallet(to), 1);
        }

        private Outcome apply(TransferCommand command) {
            long next = processor.lastSequence() + 1;
            processor.onCommand(next, next, command.buffer(), 0, command.lengthBytes(), replySink);
            return outcome;
        }

        private void onReply(DirectBuffer buffer, int offset, int length) {
            outcome = reply.wrapAndApplyHeader(buffer, offset, header).outcome();
        }
    }

    /** Balances by number in a hash map and ids in a hash set. */
    @State(Scope.Thread)
    public static class Naive extends Picks {
        private final Map<Long, Long> balances = new HashMap<>();
        private final Set<UUID> ids = new HashSet<>();

        @Setup
        public void setUp() {
            for (long account = 0; account < accounts; account++) {
                balances.put(account, FundedLedger.FUNDS);
            }
        }

        boolean remember() {
            if (ids.size() >= REMEMBERED_IDS) {
                ids.clear();
            }
            return ids.add(new UUID(ID_HIGH, nextId()));
        }

        boolean transfer() {
            long from = next();
            long to = next();
            if (!remember()) {
                return false;
            }
            long left = balances.get(from) - 1;
            if (left < 0) {
                return false;
            }
            balances.put(from, left);
            balances.merge(to, 1L, Long::sum);
            return true;
        }
    }

    @Benchmark
    public Outcome core(Core core) {
        return core.transfer();
    }

    @Benchmark
    public Outcome severalWaiting(Core core) {
        return core.waiting();
    }

    @Benchmark
    public boolean naive(Naive naive) {
        return naive.transfer();
    }

    @Benchmark
    public boolean naiveIdsOnly(Naive naive) {
        return naive.remember();
    }
}
