package io.scrip.gateway.binary;

import io.scrip.protocol.HelloEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ProblemDecoder;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** A client made of a socket and nothing else, as one in another language would be. */
public final class BinaryClient implements AutoCloseable {
    final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame that has come. */
    public record Frame(long number, UnsafeBuffer message) {
        public int templateId() {
            return new MessageHeaderDecoder().wrap(message, 0).templateId();
        }

        public ProblemDecoder problem() {
            if (templateId() != ProblemDecoder.TEMPLATE_ID) {
                throw new IllegalStateException("no problem but a message of template " + templateId());
            }
            return new ProblemDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        }

        ProblemCode code() {
            return problem().code();
        }
    }

    public BinaryClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection that has said whose it is. */
    public static BinaryClient open(int port, String key) {
        BinaryClient client = new BinaryClient(port);
        client.send(7, hello(1, key));
        Frame welcome = client.receive();
        if (welcome.number() != 7 || welcome.templateId() != 301) {
            throw new IllegalStateException("not welcome: template " + welcome.templateId());
        }
        return client;
    }

    static byte[] hello(int protocol, String key) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        hello.protocol(protocol).putKey(bytes, 0, bytes.length).putClient(new byte[0], 0, 0);
        return bytes(buffer, hello.encodedLength());
    }

    /** Copies a message out of a buffer that is larger. */
    public static byte[] bytes(UnsafeBuffer buffer, int encodedBytes) {
        byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedBytes];
        buffer.getBytes(0, message);
        return message;
    }

    static byte[] frame(long number, byte[] message) {
        return ByteBuffer.allocate(12 + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(8 + message.length)
                .putLong(number)
                .put(message)
                .array();
    }

    public void send(long number, byte[] message) {
        sendRaw(frame(number, message));
    }

    void sendRaw(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame; {@code null} at the end of the stream. */
    public Frame receive() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int length = first | in.read() << 8 | in.read() << 16 | in.read() << 24;
            byte[] frame = in.readNBytes(length);
            long number = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getLong();
            return new Frame(number, new UnsafeBuffer(frame, 8, length - 8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Frame ask(long number, byte[] message) {
        send(number, message);
        return receive();
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
