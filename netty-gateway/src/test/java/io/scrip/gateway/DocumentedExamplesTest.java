package io.scrip.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the curl examples of the documentation and compares what they answer with what stands below them. */
class DocumentedExamplesTest {
    private static final Pattern CURL =
            Pattern.compile("curl (?:--json '(?<body>.*)' )?-H \"\\$(?<key>[A-Z_]+)\" \\$API(?<path>\\S+)");
    private static final Pattern ANSWER = Pattern.compile("# (?<status>[0-9]{3}) (?<fragment>.+)");

    @ParameterizedTest
    @CsvSource({"limits.md,11", "lots.md,6", "operations.md,11"})
    void answersAsTheDocumentationSays(String page, int examples) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", page));
        try (TestServer server = new TestServer()) {
            TestClient client = new TestClient(server.tcpPort());
            Wallet human = client.open("human:hanna");
            Wallet agent = client.open("agent:alice");
            Wallet shop = client.open("agent:shop");
            client.issue("CRD", agent.id(), "100");
            Map<String, String> names = Map.of("HUMAN", human.id(), "AGENT", agent.id(), "SHOP", shop.id());
            Map<String, String> keys = Map.of(
                    "OPERATOR", TestServer.OPERATOR_KEY,
                    "HUMAN_KEY", human.key(),
                    "AGENT_KEY", agent.key(),
                    "SHOP_KEY", shop.key());
            int run = 0;
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith("curl ")) {
                    continue;
                }
                Matcher curl = CURL.matcher(lines.get(i));
                assertTrue(curl.matches(), lines.get(i));
                Matcher expected = ANSWER.matcher(lines.get(i + 1));
                assertTrue(expected.matches(), lines.get(i + 1));
                String key = keys.get(curl.group("key"));
                String path = "/api/v1" + filled(curl.group("path"), names);
                String body = curl.group("body");
                Answer answer = body == null
                        ? client.get(key, path)
                        : client.post(key, path, filled(body.replaceAll("'(\\$[A-Z]+)'", "$1"), names));
                assertEquals(
                        Integer.parseInt(expected.group("status")),
                        answer.status(),
                        () -> curl.group() + " gave " + answer.body());
                String fragment = filled(expected.group("fragment"), names);
                assertTrue(answer.body().contains(fragment), () -> fragment + " is not in " + answer.body());
                run++;
            }
            assertEquals(examples, run);
        }
    }

    private static String filled(String text, Map<String, String> names) {
        String all = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            all = all.replace("$" + name.getKey(), name.getValue());
        }
        return all;
    }
}
