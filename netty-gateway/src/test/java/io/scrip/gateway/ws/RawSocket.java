package io.scrip.gateway.ws;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client by hand, which may break every rule and reads when it is told to. */
public final class RawSocket implements AutoCloseable {
    /** A frame as it came; {@code opcode} -1: the connection was closed. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int END = -1;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    RawSocket(InetSocketAddress server, String path, int receiveBufferBytes) throws IOException {
        this(server, path, receiveBufferBytes, "");
    }

    /** With further header lines, each with its end. */
    public RawSocket(InetSocketAddress server, String path, int receiveBufferBytes, String headers) throws IOException {
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.setSoTimeout(30_000);
        socket.connect(server);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        send(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + headers
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** A masked frame of less than 64 KiB; its mask is four zeros, so the payload stands as it is. */
    public static byte[] frame(int firstByte, byte[] payload) {
        int extra = payload.length < 126 ? 0 : 2;
        byte[] bytes = new byte[2 + extra + 4 + payload.length];
        bytes[0] = (byte) firstByte;
        int code = extra == 0 ? payload.length : 126;
        bytes[1] = (byte) (0x80 | code);
        for (int i = 0; i < extra; i++) {
            bytes[2 + i] = (byte) (payload.length >> (8 * (extra - 1 - i)));
        }
        System.arraycopy(payload, 0, bytes, 2 + extra + 4, payload.length);
        return bytes;
    }

    public Frame read() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(first & 0x0f, payload);
        } catch (EOFException end) {
            return new Frame(END, new byte[0]);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
