package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A stretch of a file in memory, moved along as it is read. It reads and does not map: a device that refuses answers
 * with an exception, not with a fault. One thread.
 */
final class FileWindow implements AutoCloseable {
    private static final int FIRST_WINDOW_BYTES = 32 << 10;
    private static final int MOST_WINDOW_BYTES = 1 << 20;
    private static final int GROWTH = 4;
    private static final int PAGE_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private long fileLength;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private byte[] bytes = new byte[0];
    private long start;
    private int length;

    FileWindow(Path file) {
        this.file = file;
        try {
            channel = Device.open(file, StandardOpenOption.READ);
            fileLength = channel.size();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + ": " + refused, refused);
        }
    }

    Path file() {
        return file;
    }

    long fileLength() {
        return fileLength;
    }

    /** What {@link #bytes()} holds, as a buffer. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    byte[] bytes() {
        return bytes;
    }

    /**
     * Brings {@code count} bytes of the file from {@code position} on into {@link #bytes()}.
     *
     * @return where the first of them is now, or -1 when the file ends before the last of them
     */
    int load(long position, int count) {
        if (position >= start && position + count <= start + length) {
            return (int) (position - start);
        }
        if (position + count > fileLength) {
            return -1;
        }
        // Larger from time to time: many files hold little, and a window is made for each.
        int wanted = Math.min(MOST_WINDOW_BYTES, Math.max(FIRST_WINDOW_BYTES, bytes.length * GROWTH));
        int window = (int) Math.max(count, Math.min(wanted, fileLength - position));
        if (window > bytes.length) {
            bytes = new byte[window];
            buffer.wrap(bytes);
        }
        fill(position);
        return length < count ? -1 : 0;
    }

    /** Reads anew from now on, and as far as the file goes now: somebody else may have written since. */
    void refresh() {
        length = 0;
        try {
            fileLength = channel.size();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + ": " + refused, refused);
        }
    }

    int intAt(int index) {
        return buffer.getInt(index, ByteOrder.LITTLE_ENDIAN);
    }

    long longAt(int index) {
        return buffer.getLong(index, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Looks for a byte from {@code from} on that is not zero. Files are made of whole pages, so a length that is not one
     * and goes beyond {@code from} is such a byte, too.
     *
     * @return its place, -1 without any
     */
    long firstByteThatIsNotZero(long from) {
        for (long at = from; at < fileLength; ) {
            int count = (int) Math.min(PAGE_BYTES - at % PAGE_BYTES, fileLength - at);
            int index = load(at, count);
            for (int i = 0; i < count; i++) {
                if (index < 0 || bytes[index + i] != 0) {
                    return at + i;
                }
            }
            at += count;
        }
        return fileLength % PAGE_BYTES == 0 || fileLength <= from ? -1 : fileLength;
    }

    private void fill(long position) {
        start = position;
        length = 0;
        ByteBuffer target = ByteBuffer.wrap(bytes);
        boolean interrupted = Thread.interrupted();
        try {
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = channel.read(target, start + target.position());
            }
            length = target.position();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + " at " + position + ": " + refused, refused);
        } finally {
            Device.restore(interrupted);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot close " + file + ": " + refused, refused);
        }
    }
}
