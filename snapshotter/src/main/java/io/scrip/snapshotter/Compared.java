package io.scrip.snapshotter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Takes what should be in a file, and complains at the first byte that is another there. */
final class Compared implements WritableByteChannel {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private ByteBuffer there = ByteBuffer.allocate(BUFFER_BYTES);

    Compared(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public int write(ByteBuffer expected) throws IOException {
        int length = expected.remaining();
        long from = channel.position();
        if (there.capacity() < length) {
            there = ByteBuffer.allocate(length);
        }
        there.clear().limit(length);
        int count = 0;
        while (there.hasRemaining() && count >= 0) {
            count = channel.read(there);
        }
        if (there.flip().mismatch(expected) >= 0) {
            throw new IOException(file + " does not hold what was written, in the " + length + " bytes from " + from);
        }
        expected.position(expected.limit());
        return length;
    }

    void requireEnd() throws IOException {
        if (channel.position() != channel.size()) {
            throw new IOException(file + " is longer than what was written");
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
