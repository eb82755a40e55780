package io.scrip.proof;

import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the notary does for every event, but for reading it and for the signature, which is one for 1,024: salts,
 * commitments, leaf and tree. Beside it the same with an object for every step, as receipts are made. In the proof's
 * package, for nobody else may see it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"})
public class LeafBenchmark {
    private static final int EVENTS = Notary.MAX_EVENTS;

    /** A transfer's leg with a short reference, hashed again and again. */
    @State(Scope.Thread)
    public static class Interval {
        private final ExpandableArrayBuffer event = new ExpandableArrayBuffer(1024);
        private final byte[] secret = new byte[Sha256.BYTES];
        private final LeafHasher hasher = new LeafHasher(secret);
        private final LeafReader reader = new LeafReader(new Salts(secret));

        @Setup
        public void setUp() {
            ExpandableArrayBuffer command = new ExpandableArrayBuffer(256);
            TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(command, 0, new MessageHeaderEncoder());
            transfer.conditionsCount(0);
            int bytes = transfer.reference("invoice 4711").metadata("").encodedLength();
            LegEventEncoder leg = new LegEventEncoder().wrapAndApplyHeader(event, 0, new MessageHeaderEncoder());
            leg.eventSequence(7).outcome(Outcome.APPLIED).kind(LegKind.TRANSFER).lotsCount(0);
            leg.putCommand(command, 0, MessageHeaderEncoder.ENCODED_LENGTH + bytes);
        }

        byte[] hashed() {
            hasher.clear();
            for (int i = 0; i < EVENTS; i++) {
                hasher.add(event, 0);
            }
            return hasher.root();
        }

        byte[] hashedWithObjects() {
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                hashes.add(reader.read(event, 0).hash());
            }
            return MerkleTree.root(hashes, 0, EVENTS);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] hash(Interval interval) {
        return interval.hashed();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] hashWithObjects(Interval interval) {
        return interval.hashedWithObjects();
    }
}
