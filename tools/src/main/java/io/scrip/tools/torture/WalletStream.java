package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One WebSocket that follows a wallet: what has come, and whether anything is missing between. One thread. */
final class WalletStream implements AutoCloseable {
    private static final Pattern NUMBERS =
            Pattern.compile("^\\{\"type\":\"([a-z_]+)\",\"sequence\":(\\d+),\"previous_sequence\":(\\d+)[,}]");
    private static final String MOVEMENT = "transaction_completed";
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int INITIAL_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final List<Long> movements = new ArrayList<>();
    private ByteBuffer in = ByteBuffer.allocate(INITIAL_BYTES);
    private boolean open;
    private boolean ended;
    private int closeCode;
    private long last;
    private String wrong;

    private WalletStream(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Asks for the stream; nothing is read yet.
     *
     * @param from              the first movement that is wanted; 0: those from now on
     * @param receiveBufferBytes of the socket; 0: the system's
     */
    static WalletStream open(InetSocketAddress server, String wallet, String key, long from, int receiveBufferBytes)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        channel.connect(server);
        String head = "GET /ws/wallet/" + wallet + (from > 0 ? "?from=" + from : "") + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " + key + "\r\n\r\n";
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        return new WalletStream(channel);
    }

    SocketChannel channel() {
        return channel;
    }

    /** Takes what is there. */
    void read() {
        try {
            int count = channel.read(in);
            while (count > 0) {
                in.flip();
                take();
                in.compact();
                if (!in.hasRemaining()) {
                    in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
                }
                count = channel.read(in);
            }
            ended = ended || count < 0;
        } catch (IOException e) {
            ended = true;
        }
    }

    private void take() throws IOException {
        if (!open) {
            int end = endOfHead();
            if (end < 0) {
                return;
            }
            byte[] head = new byte[end - in.position()];
            in.get(head);
            open = true;
            if (!new String(head, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101 ")) {
                throw new IOException("no stream: " + new String(head, StandardCharsets.US_ASCII));
            }
        }
        while (takeFrame()) {
            // As many as are whole.
        }
    }

    private int endOfHead() {
        for (int at = in.position(); at + END_OF_HEAD.length <= in.limit(); at++) {
            if (in.getInt(at) == ByteBuffer.wrap(END_OF_HEAD).getInt()) {
                return at + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    private boolean takeFrame() throws IOException {
        in.mark();
        if (in.remaining() < 2) {
            return false;
        }
        int opcode = in.get() & 0xF;
        int length = in.get() & 0x7F;
        if (length == 126 && in.remaining() >= 2) {
            length = in.getShort() & 0xFFFF;
        } else if (length >= 126) {
            in.reset();
            return false;
        }
        if (in.remaining() < length) {
            in.reset();
            return false;
        }
        byte[] payload = new byte[length];
        in.get(payload);
        if (opcode == TEXT) {
            message(new String(payload, StandardCharsets.UTF_8));
        } else if (opcode == CLOSE) {
            closeCode = length < 2 ? 1005 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            ended = true;
        } else if (opcode == PING) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}));
        }
        return true;
    }

    private void message(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.find()) {
            wrong = wrong == null ? "not a message of a stream: " + text : wrong;
            return;
        }
        long previous = Long.parseLong(numbers.group(3));
        if (previous != last) {
            wrong = wrong == null ? "after " + last + " came a message that follows " + previous : wrong;
        }
        last = Long.parseLong(numbers.group(2));
        if (numbers.group(1).equals(MOVEMENT)) {
            movements.add(last);
        }
    }

    /** Event sequences of the movements that came. */
    List<Long> movements() {
        return movements;
    }

    /** Whether the wallet's state has come, which is the first message. */
    boolean hasBegun() {
        return last > 0;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Of the close frame; 0 when none came. */
    int closeCode() {
        return closeCode;
    }

    /** What must not be; {@code null} when nothing. */
    String wrong() {
        return wrong;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            ended = true;
        }
    }
}
