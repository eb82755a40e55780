package io.scrip.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A socket that sends any bytes and reads answers the plain way. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 3_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /** One answer: status line, headers and a body of the announced length. */
    public record Answer(int status, String head, String body) {
        public String header(String name) {
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": ")) {
                    return line.substring(name.length() + 2);
                }
            }
            return null;
        }
    }

    public RawClient(int port) {
        try {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public RawClient send(String latin1) {
        return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException closed) {
            // The other side may have had enough: what it said is still to be read.
            return this;
        }
        return this;
    }

    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next answer, {@code null} at the end of the connection. */
    public Answer read() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!endsWithEmptyLine(head)) {
                int b = in.read();
                if (b < 0) {
                    if (head.size() > 0) {
                        throw new IllegalStateException("cut off: " + head.toString(StandardCharsets.ISO_8859_1));
                    }
                    return null;
                }
                head.write(b);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            int status = Integer.parseInt(text.substring(9, 12));
            String length = new Answer(status, text, "").header("Content-Length");
            byte[] body = length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length));
            return new Answer(status, text, new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every answer up to the end of the connection. */
    public List<Answer> readToEnd() {
        List<Answer> answers = new ArrayList<>();
        for (Answer answer = read(); answer != null; answer = read()) {
            answers.add(answer);
        }
        return answers;
    }

    /** The text of the next WebSocket frame of the server. */
    public String readFrame() {
        try {
            in.readNBytes(1);
            int length = in.read();
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything up to the end of the connection, as it comes. */
    public String readText() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the other side has closed, waiting for it. */
    public boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static boolean endsWithEmptyLine(ByteArrayOutputStream head) {
        byte[] bytes = head.toByteArray();
        int n = bytes.length;
        return n >= 4 && bytes[n - 4] == '\r' && bytes[n - 3] == '\n' && bytes[n - 2] == '\r' && bytes[n - 1] == '\n';
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
