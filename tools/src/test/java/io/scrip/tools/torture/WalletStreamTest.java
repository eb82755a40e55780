package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WalletStreamTest {
    private static final String STATE = message("wallet_state", 5, 0);
    private static final String BALANCE = message("balance_update", 7, 5);
    private static final String MOVEMENT = message("transaction_completed", 7, 7);

    @Test
    void takesMessagesThatFollowEachOtherAndTheCloseFrame() throws IOException {
        try (WalletStream stream = readAll(STATE, BALANCE, MOVEMENT)) {
            assertTrue(stream.hasBegun());
            assertTrue(stream.hasEnded());
            assertNull(stream.wrong());
            assertEquals(List.of(7L), stream.movements());
            assertEquals(1_013, stream.closeCode());
        }
    }

    @Test
    void noticesThatOneIsMissing() throws IOException {
        try (WalletStream stream = readAll(STATE, MOVEMENT)) {
            assertEquals("after 5 came a message that follows 7", stream.wrong());
        }
    }

    @Test
    void noticesThatOneCameTwice() throws IOException {
        try (WalletStream stream = readAll(STATE, BALANCE, BALANCE)) {
            assertEquals("after 7 came a message that follows 5", stream.wrong());
        }
    }

    private static String message(String type, long sequence, long previous) {
        // Longer than the shortest kind of frame.
        return "{\"type\":\"" + type + "\",\"sequence\":" + sequence + ",\"previous_sequence\":" + previous
                + ",\"data\":{\"reference\":\"" + "x".repeat(200) + "\"}}";
    }

    /** What a client takes of a server that says these and then that the client is too slow. */
    private static WalletStream readAll(String... messages) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (String message : messages) {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            said.writeBytes(new byte[] {(byte) 0x81, 126, (byte) (text.length >> 8), (byte) text.length});
            said.writeBytes(text);
        }
        said.writeBytes(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xF5});
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            WalletStream stream = WalletStream.open(address, "w_1", "sk_1", 0, 0);
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(said.toByteArray());
                while (!stream.hasEnded()) {
                    stream.read();
                    Thread.onSpinWait();
                }
            }
            return stream;
        }
    }
}
