package io.scrip.gateway.binary;

import static io.scrip.gateway.TestClient.json;

import io.scrip.gateway.ws.RawSocket;
import io.scrip.gateway.ws.RawSocket.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Sends requests as text to {@code /ws/commands}, as a program that knows nothing of binary messages. */
final class TextClient implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FRAGMENT_BYTES = 40_000;
    private static final int FINAL = 0x80;

    private final RawSocket socket;

    /** An answer: what stands beside the body, and the body. */
    record Answer(JsonNode message) {
        int status() {
            return message.get("status").asInt();
        }

        long number() {
            return message.get("request").asLong();
        }

        JsonNode body() {
            return message.get("body");
        }

        String code() {
            return body().path("code").asString();
        }

        String header(String name) {
            return message.path("headers").path(name).asString(null);
        }
    }

    TextClient(int port, String key) {
        try {
            socket = new RawSocket(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    "/ws/commands",
                    1 << 20,
                    "Authorization: Bearer " + key + "\r\n");
            if (socket.read().opcode() != RawSocket.BINARY) {
                throw new IllegalStateException("no Welcome");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += FRAGMENT_BYTES) {
            int to = Math.min(bytes.length, from + FRAGMENT_BYTES);
            int first = (from == 0 ? RawSocket.TEXT : 0) | (to == bytes.length ? FINAL : 0);
            sendRaw(RawSocket.frame(first, Arrays.copyOfRange(bytes, from, to)));
        }
    }

    void sendRaw(byte[] bytes) {
        try {
            socket.send(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a POST. */
    void post(long number, String path, String body) {
        send(json("{'request':%s,'method':'POST','path':'%s','body':%s}", Long.toString(number), path, body));
    }

    Answer askPost(long number, String path, String body) {
        post(number, path, body);
        return next();
    }

    Answer askGet(long number, String path) {
        return ask(json("{'request':%s,'method':'GET','path':'%s'}", Long.toString(number), path));
    }

    Answer ask(String text) {
        send(text);
        return next();
    }

    Frame nextFrame() {
        try {
            return socket.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer next() {
        Frame frame = nextFrame();
        if (frame.opcode() != RawSocket.TEXT) {
            throw new IllegalStateException("no text but opcode " + frame.opcode());
        }
        return new Answer(MAPPER.readTree(frame.text()));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
