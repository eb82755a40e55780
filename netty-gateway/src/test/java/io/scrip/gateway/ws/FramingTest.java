package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 and our limits, byte by byte over a real socket. Frames are written as first byte, then payload. */
@Timeout(60)
class FramingTest {
    private static final byte[] PING = "{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);

    private static LedgerRig ledger;
    private static WalletStreams streams;
    private static LoopbackServer server;

    @BeforeAll
    static void start() {
        ledger = new LedgerRig(1);
        streams = new WalletStreams(ledger.log, ledger, StreamConfig.DEFAULT);
        server = new LoopbackServer(streams, 64 << 10);
    }

    @AfterAll
    static void stop() {
        streams.close();
        server.close();
    }

    /**
     * Frames are separated by blanks: {@code 81:…} is a masked frame with first byte 0x81 and a payload in hex, or
     * {@code ping} for a ping message, or {@code 12345x} for so many letters; {@code raw:…} is sent as it is.
     */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a whole message                     | 81:ping                             | pong
            an empty message                    | 81:                                 | error
            fragments                           | 01:7b2274797065 80:223a2270696e67227d | pong
            a ping between fragments            | 01:7b2274797065 89:6869 80:223a2270696e67227d | control 10, pong
            a ping                              | 89:68656c6c6f                       | control 10
            an unasked pong                     | 8a: 81:ping                         | pong
            a binary message                    | 82:0102                             | error
            the longest frame                   | 81:16384x                           | error
            a frame that is too long            | 81:16385x                           | close 1009
            a length of eight bytes             | raw:81ff7fffffffffffffff00000000    | close 1009
            a length with its highest bit set   | raw:81ffffffffffffffffff00000000    | close 1002
            a length longer than it needs to be | raw:81fe000100000000                | close 1002
            the longest message                 | 01:16384x 00:16384x 00:16384x 80:16384x | error
            a message that is too long          | 01:16384x 00:16384x 00:16384x 00:16384x 80:1x | close 1009
            too many fragments                  | 01:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 00:78 | close 1008
            a frame without a mask              | raw:810568656c6c6f                  | close 1002
            the first reserved bit              | c1:68                               | close 1002
            the second reserved bit             | a1:68                               | close 1002
            the third reserved bit              | 91:68                               | close 1002
            reserved opcode 3                   | 83:68                               | close 1002
            reserved opcode 7                   | 87:68                               | close 1002
            reserved opcode 11                  | 8b:                                 | close 1002
            reserved opcode 15                  | 8f:                                 | close 1002
            a ping of 125 bytes                 | 89:125x                             | control 10
            a ping of 126 bytes                 | 89:126x                             | close 1002
            a fragmented ping                   | 09:68                               | close 1002
            a fragmented close                  | 08:03e8                             | close 1002
            a continuation of nothing           | 80:68                               | close 1002
            a new message inside another        | 01:68 81:68                         | close 1002
            an overlong form in UTF-8           | 81:c0af                             | close 1007
            half a surrogate in UTF-8           | 81:eda080                           | close 1007
            a cut character                     | 81:e282                             | close 1007
            a byte that is never UTF-8          | 81:ff                               | close 1007
            a character split over frames       | 01:e2 80:82ac                       | error
            a close                             | 88:03e8                             | close 1000
            a close with a reason               | 88:03e9627965                       | close 1001
            a close without a code              | 88:                                 | close none
            a close of one byte                 | 88:03                               | close 1002
            a close with a reserved code        | 88:03ed                             | end
            a close whose reason is not UTF-8   | 88:03e8ff                           | end
            """)
    void shouldAnswerFramesAsTheyDeserve(String what, String frames, String expected) throws IOException {
        try (RawSocket socket = new RawSocket(server.address(), "/2", 64 << 10)) {
            assertEquals("state", name(socket.read()));
            socket.send(bytes(frames));
            StringBuilder answers = new StringBuilder(name(socket.read()));
            for (int i = 1; i < expected.split(", ").length; i++) {
                answers.append(", ").append(name(socket.read()));
            }
            assertEquals(expected, answers.toString(), what);
            if (expected.startsWith("close") || expected.equals("end")) {
                assertEquals(RawSocket.END, socket.read().opcode(), what);
            } else {
                socket.send(RawSocket.frame(0x81, PING));
                assertEquals("pong", name(socket.read()), what);
            }
        }
    }

    private static String name(RawSocket.Frame frame) {
        if (frame.opcode() == RawSocket.CLOSE) {
            return "close " + (frame.payload().length == 0 ? "none" : frame.closeCode());
        }
        if (frame.opcode() == RawSocket.END) {
            return "end";
        }
        if (frame.opcode() != RawSocket.TEXT) {
            return "control " + frame.opcode();
        }
        if (frame.text().equals("{\"type\":\"pong\"}")) {
            return "pong";
        }
        if (frame.text().startsWith("{\"type\":\"wallet_state\"")) {
            return "state";
        }
        return frame.text().contains("\"code\":\"invalid_message\"") ? "error" : frame.text();
    }

    private static byte[] bytes(String frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String frame : frames.split(" ")) {
            String first = frame.substring(0, frame.indexOf(':'));
            String payload = frame.substring(frame.indexOf(':') + 1);
            if (first.equals("raw")) {
                bytes.writeBytes(HexFormat.of().parseHex(payload));
            } else {
                bytes.writeBytes(RawSocket.frame(Integer.parseInt(first, 16), payload(payload)));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] payload(String text) {
        if (text.equals("ping")) {
            return PING;
        }
        if (text.endsWith("x")) {
            return "x"
                    .repeat(Integer.parseInt(text.substring(0, text.length() - 1)))
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return HexFormat.of().parseHex(text);
    }
}
