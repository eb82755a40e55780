package io.scrip.benchmarks;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A transfer written and read again: with the generated codec, and field by field through streams. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CodecBenchmark {
    private static final byte[] NOTHING = {};

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final TransferEncoder out = new TransferEncoder();
    private final TransferDecoder in = new TransferDecoder();
    private long count;

    @Benchmark
    public long writeAndRead() {
        count++;
        out.wrapAndApplyHeader(buffer, 0, headerOut).id().high(count).low(~count);
        out.caller().role(Role.WALLET).wallet(count);
        out.from(count)
                .to(count + 1)
                .token(FundedLedger.CRD)
                .amount(count)
                .flags()
                .clear();
        out.conditionsCount(0);
        out.putReference(NOTHING, 0, 0).putMetadata(NOTHING, 0, 0);
        in.wrapAndApplyHeader(buffer, 0, headerIn);
        return in.id().high() ^ in.id().low() ^ in.caller().wallet() ^ in.from() ^ in.to() ^ in.token() ^ in.amount();
    }

    @Benchmark
    public long naiveWriteAndRead() throws IOException {
        count++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        for (long field : new long[] {count, ~count, count, count, count + 1, FundedLedger.CRD, count}) {
            data.writeLong(field);
        }
        data.writeUTF("");
        data.writeUTF("");
        DataInputStream back = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        long mixed = 0;
        for (int field = 0; field < 7; field++) {
            mixed ^= back.readLong();
        }
        return mixed + back.readUTF().length() + back.readUTF().length();
    }
}
