package io.scrip.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.SnapshotPort;
import io.scrip.gateway.TestClient.Answer;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Taking a snapshot over HTTP. Who may is in {@link AuthorityTest}. */
class SnapshotEndpointTest {
    @Test
    void answersWhenTheSnapshotIsGoodAndSaysWhyWhenThereIsNone() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Answer without = take(client);
            assertEquals(503, without.status());
            assertEquals("snapshot_failed", without.code());
            assertTrue(without.body().contains("makes no snapshots"), without.body());

            CompletableFuture<SnapshotPort.Taken> later = new CompletableFuture<>();
            server.snapshots = () -> later;
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> take(client));
            // The loop that the request waits on goes on serving others.
            assertEquals(200, client.get(null, "/healthz").status());
            assertTrue(!answer.isDone());
            later.complete(new SnapshotPort.Taken(42, "snapshot-42.scrip"));
            assertEquals(201, answer.join().status());
            assertEquals(
                    "{\"sequence\":42,\"file\":\"snapshot-42.scrip\"}",
                    answer.join().body());

            server.snapshots = () -> CompletableFuture.failedFuture(new IllegalStateException("the disk is full"));
            assertTrue(take(client).body().contains("No snapshot was made: the disk is full"));
        }
    }

    @Test
    void aBodyIsRefusedAsTheSpecificationSays() {
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Answer answer = client.post(TestServer.OPERATOR_KEY, "/api/v1/admin/snapshots", "{}");
            assertEquals(413, answer.status());
            assertEquals("body_too_large", answer.code());
            String specification = client.get(null, "/openapi.yaml").body();
            int operation = specification.indexOf("  /api/v1/admin/snapshots:");
            int end = specification.indexOf("\n  /", operation + 1);
            assertTrue(specification.substring(operation, end).contains("\"413\":"));
        }
    }

    private static Answer take(TestClient client) {
        return client.send(client.request(TestServer.OPERATOR_KEY, "/api/v1/admin/snapshots")
                .POST(HttpRequest.BodyPublishers.noBody()));
    }
}
