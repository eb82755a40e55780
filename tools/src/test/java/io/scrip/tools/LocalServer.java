package io.scrip.tools;

import io.scrip.gateway.auth.RateLimit;
import io.scrip.journal.DurabilityMode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The whole server in this process, on a free port, and a client for it. Closing stops it in order. */
final class LocalServer implements AutoCloseable {
    static final String OPERATOR = "sk_operator_chosen_0123456789_0123456789";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringWriter err = new StringWriter();
    private final ScripServer server;

    /** An answer and its body. */
    record Answer(int status, String body) {
        JsonNode json() {
            return MAPPER.readTree(body);
        }

        String text(String member) {
            return json().path(member).asString();
        }
    }

    /** A wallet and its key. */
    record Wallet(String id, String key) {}

    LocalServer(Path data) {
        SnapshotOptions snapshots = SnapshotOptions.of(SnapshotOptions.Mode.ON, 1_000, 2, false, null);
        ServerConfig config = new ServerConfig(
                data,
                "127.0.0.1",
                0,
                DurabilityMode.ASYNC,
                RateLimit.NONE,
                ThreadLayout.forCores(2),
                OPERATOR,
                snapshots);
        server = ScripServer.start(config, new PrintWriter(new StringWriter(), true), new PrintWriter(err, true));
    }

    /** What the start told its operator. */
    String told() {
        return err.toString();
    }

    Answer get(String key, String path) {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)), key);
    }

    Answer post(String key, String path, String json) {
        return send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))),
                key);
    }

    private Answer send(HttpRequest.Builder request, String key) {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Wallet open(String owner) {
        Answer opened = post(OPERATOR, "/api/v1/wallets", "{'owner':'" + owner + "'}");
        return new Wallet(opened.text("wallet_id"), opened.text("api_key"));
    }

    void issue(Wallet to, String amount) {
        String body = "{'id':'" + newId() + "','to':'" + to.id() + "','amount':'" + amount + "'}";
        Answer issued = post(OPERATOR, "/api/v1/tokens/CRD/issue", body);
        if (issued.status() != 201) {
            throw new IllegalStateException(issued.body());
        }
    }

    /** Sends a transfer with a reference and metadata, under its own id. */
    Answer transfer(Wallet caller, Wallet from, Wallet to, String amount, String id) {
        return post(
                caller.key(),
                "/api/v1/transfers",
                "{'id':'" + id + "','from':'" + from.id() + "','to':'" + to.id() + "','token':'CRD','amount':'" + amount
                        + "','reference':'order 7','metadata':{'for':'tea'}}");
    }

    Answer receipt(String key, String id) {
        return get(key, "/api/v1/transfers/" + id + "/receipt");
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        server.stop();
    }
}
