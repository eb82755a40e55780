package io.scrip.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.scrip.gateway.HostileFrames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever the short way takes, the long way takes too, and finds the same request in the same bytes. */
class PlainRequestTest {
    private static final String PATH = "/api/v1/transfers";
    private static final String BODY = "{\"amount\":\"1\"}";
    private static final String REQUEST = "POST " + PATH + " HTTP/1.1\r\nHost: a.example:8080\r\n"
            + "Authorization: Bearer sk_x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + BODY;
    private static final String[] PIECES = {
        "\r\n",
        "\n",
        "\r",
        " ",
        "  ",
        "\t",
        ":",
        "0",
        "1",
        "9",
        ",",
        ";",
        "\0",
        "%",
        "?",
        "a",
        "A",
        "\u007F",
        "\u00E9",
        "Host: a\r\n",
        "Host:\r\n",
        "Content-Length: 14\r\n",
        "Content-Length: 15\r\n",
        "content-length:14\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Connection: keep-alive\r\n",
        "Expect: 100-continue\r\n",
        "Idempotency-Key: k\r\n",
        "Content-Encoding: gzip\r\n",
        "User-Agent: x y\r\n",
        "Accept: */*\r\n",
        "X: y\r\n",
        "GET ",
        "POST ",
        " HTTP/1.1\r\n",
        " HTTP/1.0\r\n",
        "/batch",
        "Upgrade: websocket\r\n",
        "Accept-Encoding: br \r\n"
    };

    private final PlainRequest plain = new PlainRequest(new Routes(ApiRoutes.all()).plain());

    /** What the long way makes of bytes; {@code null} when it refuses them or finds anything but one request. */
    private record Found(String path, String authorization, String key, String body) {
        static Found inAll(byte[] bytes) {
            EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(new LongWayOnly()));
            RequestHead head = new RequestHead();
            StringBuilder body = new StringBuilder();
            int requests = 0;
            int ends = 0;
            boolean refused = false;
            channel.writeInbound(Unpooled.copiedBuffer(bytes));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                if (message instanceof HttpRequest request) {
                    requests++;
                    refused |= request.decoderResult().isFailure()
                            || head.read(request) != null
                            || !head.keepsAlive(request)
                            || head.expect != null
                            || head.contentEncoding != null
                            || !request.method().name().equals("POST");
                }
                if (message instanceof HttpContent content) {
                    refused |= content.decoderResult().isFailure();
                    body.append(content.content().toString(StandardCharsets.ISO_8859_1));
                }
                refused |= message instanceof FramingFault;
                ends += message instanceof LastHttpContent ? 1 : 0;
                ReferenceCountUtil.release(message);
            }
            channel.finishAndReleaseAll();
            return refused || requests != 1 || ends != 1
                    ? null
                    : new Found(head.target, head.authorization, head.idempotencyKey, body.toString());
        }
    }

    private static final class LongWayOnly implements RequestDecoder.Gate {
        @Override
        public boolean mayBegin() {
            return true;
        }

        @Override
        public void takePlain(ByteBuf in) {
            // Not here.
        }

        @Override
        public void onHeadStarted() {
            // Of no interest here.
        }
    }

    private int read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return plain.read(bytes, 0, bytes.length);
    }

    private Found taken(byte[] bytes) {
        return new Found(
                plain.place.route().path(),
                text(bytes, plain.authorizationAt, plain.authorizationLength),
                plain.idempotencyKey(),
                text(bytes, plain.bodyAt, plain.bodyLength));
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void takesTheUsualRequest() {
        assertEquals(REQUEST.length(), read(REQUEST));
        assertNull(plain.idempotencyKey());
        assertEquals(BODY.length(), plain.bodyLength);
        assertEquals(REQUEST.length(), read(REQUEST + "POST"));
    }

    @Test
    void findsRequestsBehindEachOther() {
        String two = REQUEST + REQUEST.replace(PATH, PATH + "/batch");
        byte[] bytes = two.getBytes(StandardCharsets.ISO_8859_1);
        int second = plain.read(bytes, 0, bytes.length);
        assertEquals(REQUEST.length(), second);
        assertEquals(bytes.length, plain.read(bytes, second, bytes.length));
        assertEquals(PATH + "/batch", plain.place.route().path());
    }

    @Test
    void takesNothingThatIsNotThereAsAWhole() {
        for (int length = 0; length < REQUEST.length(); length++) {
            assertEquals(PlainRequest.NOT_PLAIN, read(REQUEST.substring(0, length)), "the first " + length);
        }
    }

    @Test
    void leavesEveryOtherHeaderToTheLongWay() {
        for (String more : List.of(
                "Transfer-Encoding: chunked",
                "Content-Length: 14",
                "Content-Encoding: gzip",
                "Expect: 100-continue",
                "Connection: close",
                "Upgrade: websocket",
                "Host: b",
                "Authorization: Bearer sk_y",
                "Content-Type: application/json",
                "X-Anything: 1",
                "Idempotency-Key:",
                " folded: 1",
                "Accept : */*")) {
            String text = REQUEST.replace("\r\n\r\n", "\r\n" + more + "\r\n\r\n");
            assertEquals(PlainRequest.NOT_PLAIN, read(text), more);
        }
    }

    @Test
    void findsWhatTheLongWayFindsInWhateverItTakes() {
        SplittableRandom random = new SplittableRandom(7);
        int taken = 0;
        int passed = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder(REQUEST);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                change(text, random);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            int end = plain.read(bytes, 0, bytes.length);
            if (end == PlainRequest.NOT_PLAIN) {
                passed++;
                continue;
            }
            taken++;
            Found found = taken(bytes);
            byte[] request = Arrays.copyOf(bytes, end);
            assertEquals(Found.inAll(request), found, () -> text(request, 0, request.length));
        }
        assertTrue(taken > 3_000, "taken: " + taken);
        assertTrue(passed > 5_000, "passed: " + passed);
    }

    private static void change(StringBuilder text, SplittableRandom random) {
        int lines = 1 + random.nextInt(6);
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
            // Most of what matters stands at the beginning of a line.
            for (at = 0; lines > 0 && at < text.length(); at++) {
                lines -= text.charAt(at) == '\n' ? 1 : 0;
            }
        }
        switch (random.nextInt(4)) {
            case 0 -> text.deleteCharAt(Math.min(at, text.length() - 1));
            case 1 -> text.setCharAt(Math.min(at, text.length() - 1), (char) random.nextInt(256));
            default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        }
    }

    @Test
    void findsNothingElseInHostileFrames() {
        String key = "Host: a\r\nAuthorization: Bearer sk_x\r\nContent-Type: application/json\r\n";
        assertFalse(HostileFrames.all().isEmpty());
        for (String frame : HostileFrames.all()) {
            byte[] bytes = frame.replace("Host: a\r\n", key).getBytes(StandardCharsets.ISO_8859_1);
            int end = plain.read(bytes, 0, bytes.length);
            if (end != PlainRequest.NOT_PLAIN) {
                assertEquals(Found.inAll(Arrays.copyOf(bytes, end)), taken(bytes), frame);
            }
        }
    }
}
