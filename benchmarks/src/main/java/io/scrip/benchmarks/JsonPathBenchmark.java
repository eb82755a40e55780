package io.scrip.benchmarks;

import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.CommandBuffer;
import io.scrip.gateway.request.RequestReader;
import io.scrip.protocol.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a transfer: read into a command as the gateway does it, and as a tree that is then picked from. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class JsonPathBenchmark {
    private static final long PAYER = 1_234_567;

    private final Viewer caller = new Viewer(Role.WALLET, PAYER);
    private final CommandBuffer command = new CommandBuffer();
    private RequestReader reader;
    private byte[] body;

    @Setup
    public void setUp() {
        TokenScales scales = new TokenScales();
        scales.add(FundedLedger.CRD, 6);
        reader = new RequestReader(scales);
        body = ("{\"id\":\"0198c1a0-0000-4000-8000-000000000002\",\"from\":\"" + WalletIds.toText(PAYER)
                        + "\",\"to\":\"" + WalletIds.toText(PAYER + 1) + "\",\"token\":\"CRD\",\"amount\":\"12.5\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public int request() {
        reader.transfer(body, body.length, null, caller, command);
        return command.length();
    }

    @Benchmark
    public long naiveRequest() {
        JsonNode tree = JsonMapper.shared().readTree(body);
        UUID id = UUID.fromString(tree.get("id").asString());
        long from = WalletIds.parse(tree.get("from").asString());
        long to = WalletIds.parse(tree.get("to").asString());
        long micros =
                new BigDecimal(tree.get("amount").asString()).movePointRight(6).longValueExact();
        return id.getLeastSignificantBits()
                ^ from
                ^ to
                ^ micros
                ^ tree.get("token").asString().length();
    }
}
