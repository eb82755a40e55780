package io.scrip.client;

import io.scrip.protocol.HelloDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.WelcomeEncoder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;

/** Welcomes everybody and then answers what a test wants, as no sound server would. One connection at a time. */
final class FakeServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Answering answering;
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Socket current;

    /** Makes an answer. */
    @FunctionalInterface
    interface Answering {
        /** The message that answers one with this template; {@code null}: none does. */
        byte[] answer(int templateId) throws InterruptedException;
    }

    FakeServer(Answering answering) {
        this.answering = answering;
        try {
            listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that have been accepted. */
    int accepted() {
        return accepted.get();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                current = socket;
                accepted.incrementAndGet();
                answerAll(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
            } catch (IOException ended) {
                // The client has had enough of this connection, or the test has: the next may come.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void answerAll(DataInputStream in, OutputStream out) throws IOException, InterruptedException {
        while (true) {
            byte[] frame = new byte[Integer.reverseBytes(in.readInt())];
            in.readFully(frame);
            ByteBuffer bytes = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
            int templateId = new MessageHeaderDecoder()
                    .wrap(new UnsafeBuffer(frame), Long.BYTES)
                    .templateId();
            byte[] answer = templateId == HelloDecoder.TEMPLATE_ID ? welcome() : answering.answer(templateId);
            if (answer != null) {
                out.write(ByteBuffer.allocate(Integer.BYTES + Long.BYTES + answer.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(Long.BYTES + answer.length)
                        .putLong(bytes.getLong(0))
                        .put(answer)
                        .array());
            }
        }
    }

    private static byte[] welcome() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        WelcomeEncoder welcome = new WelcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        welcome.protocol(1).caller().role(Role.WALLET).wallet(2);
        welcome.schemaVersion(0)
                .maxFrameBytes(1 << 20)
                .maxBatchItems(8_190)
                .maxInFlight(100)
                .maxBytesInFlight(1 << 20)
                .idleTimeoutMs(600_000);
        return bytes(buffer, welcome.encodedLength());
    }

    /** A message of so many bytes behind its header. */
    static byte[] bytes(UnsafeBuffer buffer, int encodedBytes) {
        byte[] message = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedBytes];
        buffer.getBytes(0, message);
        return message;
    }

    @Override
    public void close() {
        try {
            listener.close();
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
