package io.scrip.benchmarks;

import io.scrip.gateway.json.PlainTransferJson;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.CommandBuffer;
import io.scrip.gateway.request.RequestReader;
import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.Role;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a transfer, read into a command as the gateway does it, and as a tree that is then picked from; and its
 * answer, written into an array as the gateway does it, and built as a tree that is then written.
 */
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
    private final PlainTransferJson answer = new PlainTransferJson();
    private final byte[] answered = new byte[PlainTransferJson.MAX_LENGTH_BYTES];
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[1]);
    private final BalancesDecoder balances = new BalancesDecoder();
    private RequestReader reader;
    private byte[] body;
    private long sequence;

    @Setup
    public void setUp() {
        TokenScales scales = new TokenScales();
        scales.add(FundedLedger.CRD, 6);
        reader = new RequestReader(scales);
        body = ("{\"id\":\"0198c1a0-0000-4000-8000-000000000002\",\"from\":\"" + WalletIds.toText(PAYER)
                        + "\",\"to\":\"" + WalletIds.toText(PAYER + 1) + "\",\"token\":\"CRD\",\"amount\":\"12.5\"}")
                .getBytes(StandardCharsets.US_ASCII);
        UnsafeBuffer numbers = new UnsafeBuffer(new byte[BalancesEncoder.ENCODED_LENGTH]);
        new BalancesEncoder().wrap(numbers, 0).debitsPosted(12_500_000).creditsPosted(FundedLedger.FUNDS);
        balances.wrap(numbers, 0);
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

    @Benchmark
    public int answer() {
        sequence++;
        return answer.begin(answered, 0, sequence, ~sequence, PAYER, PAYER + 1)
                .moved(FundedLedger.CRD, 6, 12_500_000)
                .decidedAt(sequence, sequence)
                .reference(nothing, 0, 0)
                .from(balances)
                .end();
    }

    @Benchmark
    public int naiveAnswer() {
        sequence++;
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("id", new UUID(sequence, ~sequence).toString());
        tree.put("status", "posted").put("kind", "transfer");
        tree.put("from", WalletIds.toText(PAYER)).put("to", WalletIds.toText(PAYER + 1));
        tree.put("token", "CRD").put("amount", amount(12_500_000));
        tree.put("fee", "0").put("net", amount(12_500_000)).put("sequence", sequence);
        tree.put("timestamp", Instant.ofEpochSecond(0, sequence).toString());
        tree.putNull("reference").putNull("metadata");
        ObjectNode from = tree.putObject("balances").putObject("from").put("token", "CRD");
        long posted = balances.creditsPosted() - balances.debitsPosted();
        from.put("available", amount(posted - balances.debitsPending()));
        from.put("pending", amount(balances.creditsPending()));
        from.put("locked", amount(balances.debitsPending()));
        from.put("staked", amount(balances.staked()));
        from.put("total", amount(posted + balances.staked()));
        return JsonMapper.shared().writeValueAsBytes(tree).length;
    }

    private static String amount(long units) {
        return BigDecimal.valueOf(units, 6).stripTrailingZeros().toPlainString();
    }
}
