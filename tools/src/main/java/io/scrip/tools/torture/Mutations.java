package io.scrip.tools.torture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Inputs that are almost right: made from a grammar of requests, with a few mistakes in each. One thread. */
final class Mutations {
    private static final List<String> HEADERS = List.of(
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding : chunked",
            "Content-Length: 5",
            "Content-Length: -1",
            "Content-Length: +7",
            "Content-Length: 99999999999999999999",
            "Content-Length: 4, 4",
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Connection: close",
            "Connection: upgrade",
            "Host: elsewhere",
            "Host:",
            "Cookie: a=b; c",
            " folded: yes",
            "Idempotency-Key: \"x\"",
            "Idempotency-Key: " + "k".repeat(80),
            "Authorization: Basic eDp5",
            "X-Long: " + "v".repeat(9_000),
            "Bad\u0000Name: x",
            "Range: bytes=0-1");
    private static final List<String> VALUES = List.of(
            "0",
            "-1",
            "1.0",
            "1e3",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"0\"",
            "\"-5\"",
            "\"01\"",
            "\"1e3\"",
            "\"0.0000001\"",
            "\"9223372036854775808\"",
            "\"99999999999999999999999\"",
            "9007199254740993",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"٣\"",
            "\"w_0000000000000\"",
            "\"CRD \"",
            "\"" + "x".repeat(3_000) + "\"",
            "[[[[[[[[[[[[1]]]]]]]]]]]]",
            "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{}}}}}}}}}");
    private static final List<String> METHODS =
            List.of("GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "P\tST", "");
    private static final List<String> ENDS = List.of("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\n\r\n", " \r\n");
    private static final List<String> VERSIONS =
            List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "");

    private final SplittableRandom random;
    private final Population wallets;

    Mutations(SplittableRandom random, Population wallets) {
        this.random = random;
        this.wallets = wallets;
    }

    byte[] next() {
        byte[] input = switch (random.nextInt(5)) {
            case 0 -> bytes(request(pick(METHODS), path(), ""));
            case 1 -> socket();
            case 2 -> join(bytes(request("POST", "/api/v1/transfers", transfer())), bytes(request("GET", path(), "")));
            default -> bytes(request("POST", posted(), transfer()));
        };
        for (int mistakes = random.nextInt(4); mistakes > 0; mistakes--) {
            input = mistake(input);
        }
        return input;
    }

    private String request(String method, String path, String body) {
        StringBuilder text = new StringBuilder(512);
        text.append(method)
                .append(one() ? "  " : " ")
                .append(path)
                .append(' ')
                .append(pick(VERSIONS))
                .append("\r\n");
        text.append("Host: 127.0.0.1\r\nAuthorization: Bearer ")
                .append(wallets.key(0))
                .append("\r\n");
        for (int more = random.nextInt(3); more > 0; more--) {
            if (one()) {
                text.append(pick(HEADERS)).append(pick(ENDS));
            }
        }
        if (!body.isEmpty()) {
            int length = body.getBytes(StandardCharsets.UTF_8).length + (one() ? random.nextInt(-3, 4) : 0);
            text.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(length)
                    .append("\r\n");
        }
        return text.append("\r\n").append(body).toString();
    }

    private String path() {
        return switch (random.nextInt(8)) {
            case 0 -> "/api/v1/wallets/" + wallets.id(0);
            case 1 -> "/api/v1/wallets/" + wallets.id(0) + "/transactions?limit=" + pick(VALUES);
            case 2 -> "/api/v1/wallets/%77_/../" + wallets.id(1);
            case 3 -> "/api/v1/transfers/" + Ids.random(random);
            case 4 -> "/" + "a/".repeat(random.nextInt(3_000));
            case 5 -> "http://elsewhere/healthz";
            case 6 -> "/healthz?%zz=%";
            default -> "/api/v1/trial-balance";
        };
    }

    private String posted() {
        return pick(List.of(
                "/api/v1/transfers",
                "/api/v1/transfers/batch",
                "/api/v1/holds",
                "/api/v1/credits/transfer",
                "/api/v1/wallets",
                "/api/v1/transfers/" + Ids.random(random) + "/reverse"));
    }

    private String transfer() {
        String body = "{\"id\":" + value("\"" + Ids.random(random) + "\"")
                + ",\"from\":" + value("\"" + wallets.id(0) + "\"")
                + ",\"to\":" + value("\"" + wallets.id(1) + "\"")
                + ",\"token\":" + value("\"CRD\"")
                + ",\"amount\":" + value("\"1\"")
                + (one() ? ",\"amount\":\"2\"" : "")
                + (one() ? ",\"unknown\":" + pick(VALUES) : "")
                + (one() ? ",\"metadata\":" + pick(VALUES) : "") + "}" + (one() ? "}" : "");
        return one() ? "{\"items\":[" + body + "," + body + "]}" : body;
    }

    private String value(String right) {
        return one() ? pick(VALUES) : right;
    }

    /** An upgrade, and frames behind it: not masked, too long, of unknown kinds, not UTF-8, in pieces. */
    private byte[] socket() {
        String upgrade = "GET /ws/wallet/" + wallets.id(0) + "?from=" + (one() ? pick(VALUES) : "1") + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
                + (one() ? "12" : "13") + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
                + wallets.key(0) + "\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(upgrade));
        for (int frames = random.nextInt(6); frames > 0; frames--) {
            byte[] payload = one() ? randomBytes(random.nextInt(200)) : bytes("{\"type\":\"ping\"}");
            out.write(one() ? random.nextInt(256) : 0x81);
            int mask = random.nextInt(8) == 0 ? 0 : 0x80;
            if (one()) {
                out.write(mask | 127);
                out.writeBytes(randomBytes(8));
            } else {
                out.write(mask | Math.min(payload.length, 125));
            }
            if (mask != 0) {
                out.writeBytes(new byte[4]);
            }
            out.write(payload, 0, Math.min(payload.length, 125));
        }
        return out.toByteArray();
    }

    private byte[] mistake(byte[] input) {
        if (input.length == 0) {
            return randomBytes(16);
        }
        int at = random.nextInt(input.length);
        switch (random.nextInt(5)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(input, at);
            }
            case 2 -> {
                byte[] before = Arrays.copyOf(input, at);
                byte[] after = Arrays.copyOfRange(input, at, input.length);
                return join(join(before, randomBytes(1 + random.nextInt(4))), after);
            }
            case 3 -> {
                int to = Math.min(input.length, at + 1 + random.nextInt(40));
                byte[] twice = Arrays.copyOfRange(input, at, to);
                return join(join(Arrays.copyOf(input, to), twice), Arrays.copyOfRange(input, to, input.length));
            }
            default -> input[at] = (byte) random.nextInt(256);
        }
        return input;
    }

    private boolean one() {
        return random.nextInt(6) == 0;
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
