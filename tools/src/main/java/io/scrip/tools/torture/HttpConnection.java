package io.scrip.tools.torture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive HTTP/1.1 connection, blocking, one request at a time. Small on purpose: the moment a request is
 * written and the moment its answer is complete must be plain to see. Belongs to one thread.
 *
 * <p>After an {@link IOException} nothing is known about the request; the next request connects anew.
 */
final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int MAX_LINE_LENGTH = 16_384;
    private static final int MAX_BODY_LENGTH = 64 << 20;

    private final InetSocketAddress address;
    private final int answerTimeoutMs;
    private final StringBuilder line = new StringBuilder();
    private Socket socket;
    private InputStream in;

    HttpConnection(InetSocketAddress address, int answerTimeoutMs) {
        this.address = address;
        this.answerTimeoutMs = answerTimeoutMs;
    }

    Answer get(String path, String key) throws IOException {
        return send("GET", path, key, null);
    }

    Answer post(String path, String key, String body) throws IOException {
        return send("POST", path, key, body);
    }

    /** As {@link #post}, with a pause before the last byte: until it comes the server cannot know what is asked. */
    Answer post(String path, String key, String body, Pause beforeLastByte) throws IOException {
        return send("POST", path, key, body, beforeLastByte);
    }

    /** Sends a request and does not wait for its answer; {@link #receive} is for that. */
    void postAhead(String path, String key, String body) throws IOException {
        if (socket == null) {
            connect();
        }
        write("POST", path, key, body, null);
    }

    /** As {@link #postAhead}, for a GET without a key. */
    void getAhead(String path) throws IOException {
        if (socket == null) {
            connect();
        }
        write("GET", path, null, null, null);
    }

    /** Whether some of the next answer is here. */
    boolean hasAnswer() throws IOException {
        return in != null && in.available() > 0;
    }

    /** The next answer to what was sent ahead. */
    Answer receive() throws IOException {
        return read();
    }

    /** What is waited for in the middle of a request. */
    interface Pause {
        void await() throws IOException;
    }

    private Answer send(String method, String path, String key, String body) throws IOException {
        return send(method, path, key, body, null);
    }

    private Answer send(String method, String path, String key, String body, Pause beforeLastByte) throws IOException {
        try {
            if (socket == null) {
                connect();
            }
            write(method, path, key, body, beforeLastByte);
            return read();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(answerTimeoutMs);
        socket.connect(address, CONNECT_TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }

    private void write(String method, String path, String key, String body, Pause beforeLastByte) throws IOException {
        byte[] content = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
        head.append(address.getHostString())
                .append(':')
                .append(address.getPort())
                .append("\r\n");
        if (key != null) {
            head.append("Authorization: Bearer ").append(key).append("\r\n");
        }
        if (body != null) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        head.append("\r\n");
        byte[] headBytes = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[headBytes.length + content.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(content, 0, request, headBytes.length, content.length);
        if (beforeLastByte == null) {
            socket.getOutputStream().write(request);
        } else {
            socket.getOutputStream().write(request, 0, request.length - 1);
            beforeLastByte.await();
            socket.getOutputStream().write(request, request.length - 1, 1);
        }
    }

    private Answer read() throws IOException {
        String statusLine = readLine();
        if (!statusLine.startsWith("HTTP/1.1 ") || statusLine.length() < 12) {
            throw new IOException("no HTTP answer: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        int length = -1;
        boolean close = false;
        boolean replayed = false;
        boolean retryAfter = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.equals("connection: close")) {
                close = true;
            } else if (lower.equals("idempotent-replayed: true")) {
                replayed = true;
            } else if (lower.startsWith("retry-after:")) {
                retryAfter = true;
            }
        }
        if (length < 0 || length > MAX_BODY_LENGTH) {
            throw new IOException("answer " + status + " has no usable Content-Length");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the answer broke off");
        }
        if (close) {
            close();
        }
        return new Answer(status, replayed, retryAfter, new String(body, StandardCharsets.UTF_8));
    }

    private String readLine() throws IOException {
        line.setLength(0);
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the connection was closed");
            }
            if (line.length() == MAX_LINE_LENGTH) {
                throw new IOException("a header line is too long");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // The other side is gone already, which is what these tests bring about.
                line.setLength(0);
            }
            socket = null;
        }
    }
}
