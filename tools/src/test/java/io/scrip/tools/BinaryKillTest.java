package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.client.ClientOptions;
import io.scrip.client.CommandIds;
import io.scrip.client.Result;
import io.scrip.client.ScripClient;
import io.scrip.client.TokenCode;
import io.scrip.client.TransferRequest;
import io.scrip.client.WalletNumber;
import io.scrip.tools.RealServer.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server, killed under a client's hands: what the client sent again is done once. */
class BinaryKillTest {
    private static final long CRD = TokenCode.of("CRD");
    private static final int TRANSFERS = 3_000;
    private static final int KILLS = 2;

    @TempDir
    private Path data;

    private static String freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(free.getLocalPort());
        }
    }

    private static String found(String member, String json) {
        Matcher matcher = Pattern.compile("\"" + member + "\":\"([^\"]+)\"").matcher(json);
        assertTrue(matcher.find(), json);
        return matcher.group(1);
    }

    @Test
    void everyTransferIsDoneOnceThoughTheServerIsKilled() throws Exception {
        String port = freePort();
        String[] options = {"--binary-listen", "127.0.0.1:" + port};
        RealServer server = RealServer.start(data, Map.of(), options);
        try {
            String operatorKey = server.operatorKey();
            String alice = server.postForBody("/api/v1/wallets", operatorKey, "{\"owner\":\"agent:alice\"}")
                    .body();
            String bob = server.postForBody("/api/v1/wallets", operatorKey, "{\"owner\":\"agent:bob\"}")
                    .body();
            long from = WalletNumber.of(found("wallet_id", alice));
            long to = WalletNumber.of(found("wallet_id", bob));
            int tcpPort = Integer.parseInt(port);
            try (ScripClient operator = ScripClient.connect(ClientOptions.to("127.0.0.1", tcpPort, operatorKey))) {
                operator.issue(CommandIds.next(), from, CRD, TRANSFERS).get(30, TimeUnit.SECONDS);
            }
            ClientOptions client = ClientOptions.to("127.0.0.1", tcpPort, found("api_key", alice))
                    .withDeadline(Duration.ofMinutes(3))
                    .withBatches(50, 2);
            List<CompletableFuture<Result>> results = new ArrayList<>();
            try (ScripClient connection = ScripClient.connect(client)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    int first = results.size();
                    for (int i = 0; i < TRANSFERS / (KILLS + 1); i++) {
                        results.add(connection.transfer(TransferRequest.of(from, to, CRD, 1)));
                    }
                    results.get(first + 10).get(60, TimeUnit.SECONDS);
                    server.close();
                    server = RealServer.start(data, Map.of(), options);
                }
                while (results.size() < TRANSFERS) {
                    results.add(connection.transfer(TransferRequest.of(from, to, CRD, 1)));
                }
                for (CompletableFuture<Result> result : results) {
                    assertTrue(result.get(120, TimeUnit.SECONDS).isApplied());
                }
            }
            try (ScripClient payee =
                    ScripClient.connect(ClientOptions.to("127.0.0.1", tcpPort, found("api_key", bob)))) {
                assertEquals(
                        TRANSFERS, payee.wallet(to).get(30, TimeUnit.SECONDS).posted(CRD));
            }
        } finally {
            server.close();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedBeforeAnythingIsTouched() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            Ended ended =
                    RealServer.run(Map.of(), "--data", data.resolve("untouched").toString(), "--binary-listen", place);
            assertEquals(ExitCode.PORT_IN_USE.number(), ended.exitCode());
            assertTrue(ended.output().contains(place), ended.output());
        }
    }

    @Test
    void anAddressWithoutAPortIsAMistake() {
        for (String wrong : List.of("8082", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", ":8082", "127.0.0.1:x")) {
            Refusal refusal = assertThrows(Refusal.class, () -> ListenAddress.binary(wrong));
            assertEquals(ExitCode.USAGE, refusal.exitCode());
        }
        assertEquals(8082, ListenAddress.binary("[::1]:8082").port());
        assertEquals("::1", ListenAddress.binary("[::1]:8082").bindAddress());
    }
}
