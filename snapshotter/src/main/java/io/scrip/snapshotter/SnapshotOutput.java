package io.scrip.snapshotter;

import io.scrip.ledger.SnapshotSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Frames a core's records into a snapshot file's bytes.
 *
 * <pre>
 *   header 192 | length 4 · CRC32C 4 · record | … | 0 (4) · CRC32C of all before it 4 · records 8 | nothing more
 * </pre>
 */
final class SnapshotOutput implements SnapshotSink {
    static final int FRAME_BYTES = 8;
    static final int FOOTER_BYTES = 16;
    private static final int BUFFER_BYTES = 1 << 20;

    private final WritableByteChannel target;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C whole = new CRC32C();
    private final CRC32C crc = new CRC32C();
    private long records;

    SnapshotOutput(WritableByteChannel target) {
        this.target = target;
    }

    void header(byte[] header) {
        buffer.put(header);
    }

    @Override
    public void onRecord(DirectBuffer record, int offset, int length) {
        if (buffer.remaining() < FRAME_BYTES + length) {
            flush();
        }
        int at = buffer.position() + FRAME_BYTES;
        record.getBytes(offset, buffer.array(), at, length);
        crc.reset();
        crc.update(buffer.array(), at, length);
        buffer.putInt(length).putInt((int) crc.getValue()).position(at + length);
        records++;
    }

    void finish() {
        flush();
        buffer.putInt(0).putInt((int) whole.getValue()).putLong(records);
        flush();
    }

    private void flush() {
        buffer.flip();
        whole.update(buffer.duplicate());
        try {
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        buffer.clear();
    }
}
