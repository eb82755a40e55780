package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The test's own memory of what it asked for and what it was told: {@code intent} lines before a request is sent,
 * {@code ack} lines after its answer. Kept in memory for the oracle and in a file for people; each line reaches the
 * operating system before the request is sent, and {@link #force} puts the file on the device. Thread safe.
 */
final class AttemptLog implements AutoCloseable {
    private final FileChannel file;
    private final List<Attempt> attempts = new ArrayList<>();

    AttemptLog(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    synchronized void intend(Attempt attempt) throws IOException {
        attempts.add(attempt);
        StringBuilder line = new StringBuilder();
        appendIntent(line, attempt);
        write(line.toString());
    }

    /** As {@link #intend(Attempt)}, all items of a batch at once. */
    synchronized void intend(List<Attempt> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Attempt attempt : batch) {
            attempts.add(attempt);
            appendIntent(lines, attempt);
        }
        write(lines.toString());
    }

    /** Notes what is known about the attempt now; it was written into the attempt by the caller. */
    synchronized void note(Attempt attempt) throws IOException {
        StringBuilder line = new StringBuilder();
        appendAck(line, attempt);
        write(line.toString());
    }

    /** As {@link #note(Attempt)}, all items of a batch at once. */
    synchronized void note(List<Attempt> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        batch.forEach(attempt -> appendAck(lines, attempt));
        write(lines.toString());
    }

    synchronized void mark(String event) throws IOException {
        write("mark " + event + "\n");
    }

    synchronized void force() throws IOException {
        file.force(false);
    }

    /** Every attempt so far, oldest first. */
    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    private static void appendIntent(StringBuilder lines, Attempt attempt) {
        lines.append("intent ")
                .append(attempt.id)
                .append(' ')
                .append(attempt.from)
                .append(' ');
        lines.append(attempt.to).append(' ').append(attempt.amount).append('\n');
    }

    private static void appendAck(StringBuilder lines, Attempt attempt) {
        lines.append("ack ")
                .append(attempt.id)
                .append(' ')
                .append(attempt.status())
                .append(' ');
        lines.append(attempt.sequence()).append(' ').append(attempt.code()).append('\n');
    }

    private void write(String lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
