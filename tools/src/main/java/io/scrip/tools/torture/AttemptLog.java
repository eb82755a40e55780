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
        write("intent " + attempt.id + " " + attempt.from + " " + attempt.to + " " + attempt.amount + "\n");
    }

    /** Notes what is known about the attempt now; it was written into the attempt by the caller. */
    synchronized void note(Attempt attempt) throws IOException {
        write("ack " + attempt.id + " " + attempt.status() + " " + attempt.sequence() + " " + attempt.code() + "\n");
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

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
