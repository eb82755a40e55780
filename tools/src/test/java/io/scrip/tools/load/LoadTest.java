package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.RealServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The driver against a real server: what it counts is what the ledger holds. */
final class LoadTest {
    private static final int WALLETS = 50;
    private static final long MS = 1_000_000;
    private static final Pattern DIFFERENCE = Pattern.compile("\"difference\":\"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    void whatIsCountedIsWhatTheLedgerHolds() throws Exception {
        try (RealServer server = RealServer.start(folder.resolve("data"), Map.of(), "--durability", "async")) {
            String key = server.operatorKey();
            InetSocketAddress address = server.address();
            Wallets wallets = Load.open(address, key, WALLETS, Load.Observer.NONE);
            long before = server.lastEvent();
            LoadPlan plan = LoadPlan.closed(address, 8, 300 * MS);

            LoadResult single = run(plan, wallets, Mix.TRANSFERS, 1);
            assertTrue(single.applied() > 0);
            assertEquals(single.applied(), single.latencies().getTotalCount());
            assertEquals(before + single.applied(), server.lastEvent());

            LoadResult batches = run(plan.withDepth(2), wallets, Mix.TRANSFERS, 20);
            assertEquals(20 * batches.answers(), batches.applied());
            assertEquals(before + single.applied() + batches.applied(), server.lastEvent());

            Mix everything = Mix.parse("transfer,hold,capture,void,balance,history");
            LoadResult mixed = run(plan.withThreads(2), wallets, everything, 1);
            assertEquals(0, mixed.notApplied(), mixed.text());

            Matcher differences = DIFFERENCE.matcher(server.body("/api/v1/trial-balance", key));
            assertTrue(differences.find());
            do {
                assertEquals("0", differences.group(1));
            } while (differences.find());
        }
    }

    @Test
    void binaryLoadIsCountedAsTheLedgerHoldsIt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (RealServer server = RealServer.start(
                folder.resolve("data"), Map.of(), "--durability", "async", "--binary-listen", "127.0.0.1:" + port)) {
            Wallets wallets = Load.open(server.address(), server.operatorKey(), WALLETS, Load.Observer.NONE);
            long before = server.lastEvent();
            InetSocketAddress door = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            LoadPlan plan = LoadPlan.closed(door, 4, 300 * MS).withDepth(4).withThreads(2);
            LoadResult single = runBinary(plan, wallets, Mix.TRANSFERS, 1);
            assertTrue(single.applied() > 0, single.text());
            assertEquals(before + single.applied(), server.lastEvent());
            LoadResult batches = runBinary(plan, wallets, Mix.TRANSFERS, 100);
            assertEquals(100 * batches.answers(), batches.applied());
            assertEquals(before + single.applied() + batches.applied(), server.lastEvent());
            LoadResult mixed = runBinary(plan, wallets, Mix.parse("transfer,hold,capture,balance"), 1);
            assertEquals(0, mixed.notApplied(), mixed.text());
            assertThrows(IllegalArgumentException.class, () -> runBinary(plan, wallets, Mix.parse("transfer,void"), 1));
        }
    }

    private static LoadResult runBinary(LoadPlan plan, Wallets wallets, Mix mix, int batch) throws Exception {
        LoadResult result = Load.runBinary(plan, wallets, mix, Skew.UNIFORM, batch, Load.Observer.NONE);
        assertEquals(0, result.faults(), result.text() + result.firstUnexpected());
        return result;
    }

    @Test
    void openLoopSendsAsManyAsAreDue() throws Exception {
        try (RealServer server = RealServer.start(folder.resolve("data"), Map.of(), "--durability", "async")) {
            Wallets wallets = Load.open(server.address(), server.operatorKey(), WALLETS, Load.Observer.NONE);
            LoadPlan plan = LoadPlan.closed(server.address(), 4, 500 * MS).atRate(200);
            LoadResult result = run(plan, wallets, Mix.TRANSFERS, 1);
            assertEquals(100, result.answers());
            JsonNode json = JsonMapper.shared().readTree(result.json().toString());
            assertEquals(100, json.get("applied").asInt());
            assertEquals(0, json.get("unsent").asInt());
            double p50 = json.get("latency_ms").get("p50").asDouble();
            assertTrue(p50 > 0 && p50 <= json.get("latency_ms").get("max").asDouble());
        }
    }

    @Test
    void commandTellsWhatItDid() throws Exception {
        try (RealServer server = RealServer.start(folder.resolve("data"), Map.of(), "--durability", "async")) {
            long before = server.lastEvent();
            Path percentiles = folder.resolve("load.hgrm");
            String output = scripLoad(
                    server.operatorKey(),
                    "--url http://127.0.0.1:" + server.address().getPort() + " --wallets 20 --connections 4"
                            + " --duration 500ms --zipf 1 --json --histogram " + percentiles);
            String json = output.lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElseThrow();
            long applied = JsonMapper.shared().readTree(json).get("applied").asLong();
            assertTrue(applied > 0, json);
            assertEquals(before + 2 * 20 + applied, server.lastEvent());
            assertTrue(Files.readString(percentiles).contains("Percentile"));
        }
    }

    @Test
    void serverThatIsNotThereIsSaidToBeMissing() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        IOException refused =
                assertThrows(IOException.class, () -> Load.open(nobody, "key", WALLETS, Load.Observer.NONE));
        assertTrue(refused.getMessage().contains("nothing answers at"), refused.getMessage());
    }

    @Test
    void wrongKeyIsSaidToBeWrong() throws Exception {
        try (RealServer server = RealServer.start(folder.resolve("data"), Map.of(), "--durability", "async")) {
            IOException refused = assertThrows(
                    IOException.class,
                    () -> Load.open(server.address(), "sk_operator_another", WALLETS, Load.Observer.NONE));
            assertTrue(refused.getMessage().contains("answered 401"), refused.getMessage());
        }
    }

    /** The command in a process of its own, which must end well; what it printed. */
    private static String scripLoad(String key, String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), "io.scrip.tools.Scrip"));
        command.add("load");
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SCRIP_OPERATOR_KEY", key);
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static LoadResult run(LoadPlan plan, Wallets wallets, Mix mix, int batch) throws Exception {
        LoadResult result = Load.run(plan, wallets, mix, Skew.UNIFORM, batch, Load.Observer.NONE);
        assertEquals(0, result.faults(), result.text() + result.firstUnexpected());
        return result;
    }
}
