package io.scrip.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Speaks to a test server as a client would. */
public final class TestClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port;

    public TestClient(int port) {
        this.port = port;
    }

    /** An answer with its body, as text and as JSON. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return MAPPER.readTree(body);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public String code() {
            return json().path("code").asString();
        }

        public String field() {
            return json().path("field").asString(null);
        }
    }

    /** A wallet and its key. */
    public record Wallet(String id, String key) {}

    public Answer get(String key, String path) {
        return send(request(key, path).GET());
    }

    public Answer post(String key, String path, String body, String... headers) {
        HttpRequest.Builder request = request(key, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String key, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    /** Opens a wallet. */
    public Wallet open(String owner) {
        Answer answer = post(TestServer.OPERATOR_KEY, "/api/v1/wallets", "{\"owner\":\"" + owner + "\"}");
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.body());
        }
        return new Wallet(
                answer.json().path("wallet_id").asString(),
                answer.json().path("api_key").asString());
    }

    /** Issues to a wallet. */
    public Answer issue(String token, String to, String amount) {
        return post(
                TestServer.OPERATOR_KEY,
                "/api/v1/tokens/" + token + "/issue",
                json("{'id':'%s','to':'%s','amount':'%s'}", newId(), to, amount));
    }

    /** A transfer's body. */
    public static String transfer(String id, String from, String to, String token, String amount) {
        return json("{'id':'%s','from':'%s','to':'%s','token':'%s','amount':'%s'}", id, from, to, token, amount);
    }

    /** Text with single quotes for double ones, and a value for each %s in turn. */
    public static String json(String form, String... values) {
        StringBuilder text = new StringBuilder(form.replace('\'', '"'));
        for (String value : values) {
            int place = text.indexOf("%s");
            text.replace(place, place + 2, value);
        }
        return text.toString();
    }

    public static String newId() {
        UUID random = UUID.randomUUID();
        long high = (System.currentTimeMillis() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
