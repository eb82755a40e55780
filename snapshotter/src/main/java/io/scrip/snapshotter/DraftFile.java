package io.scrip.snapshotter;

import io.scrip.journal.Writeback;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A snapshot that is being written, under a name that does not count. The device gets it while it grows: written in one
 * go at the end, some hundred megabytes would hold up the live journal's forces for as long. One thread.
 */
final class DraftFile implements WritableByteChannel {
    private final FileChannel channel;
    private final Writeback writeback;

    DraftFile(Path path) throws IOException {
        channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        writeback = Writeback.of(path);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = channel.write(bytes);
        writeback.written(channel.position());
        return count;
    }

    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        try {
            writeback.close();
        } finally {
            channel.close();
        }
    }
}
