package io.scrip.snapshotter;

import io.scrip.ledger.SnapshotException;
import io.scrip.ledger.SnapshotSource;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what {@link SnapshotOutput} wrote, checking every frame and, at the end, the whole. */
final class SnapshotInput implements SnapshotSource {
    private static final int MAX_RECORD_BYTES = 65_536;

    private final DataInputStream in;
    private final CRC32C whole = new CRC32C();
    private final CRC32C crc = new CRC32C();
    private final byte[] bytes = new byte[MAX_RECORD_BYTES];
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long records;
    private boolean ended;

    SnapshotInput(InputStream in) {
        this.in = new DataInputStream(in);
    }

    SnapshotHeader header() throws SnapshotException {
        byte[] header = new byte[SnapshotHeader.LENGTH];
        read(header, header.length);
        return SnapshotHeader.decode(header);
    }

    @Override
    public DirectBuffer next() throws SnapshotException {
        if (ended) {
            return null;
        }
        int crcBefore = (int) whole.getValue();
        int length = readInt();
        int expected = readInt();
        if (length == 0) {
            end(expected, crcBefore);
            return null;
        }
        if (length < 0 || length > MAX_RECORD_BYTES) {
            throw new SnapshotException("record " + records + " has " + length + " bytes");
        }
        read(bytes, length);
        crc.reset();
        crc.update(bytes, 0, length);
        if ((int) crc.getValue() != expected) {
            throw new SnapshotException("record " + records + " does not match its checksum");
        }
        records++;
        record.wrap(bytes, 0, length);
        return record;
    }

    private void end(int expectedCrc, int crcBefore) throws SnapshotException {
        read(numbers.array(), Long.BYTES);
        if (expectedCrc != crcBefore || numbers.getLong(0) != records) {
            throw new SnapshotException("the file does not match the checksum over all of it");
        }
        try {
            if (in.read() >= 0) {
                throw new SnapshotException("something follows the end");
            }
        } catch (IOException refused) {
            throw new SnapshotException("cannot be read: " + refused, refused);
        }
        ended = true;
    }

    private int readInt() throws SnapshotException {
        read(numbers.array(), Integer.BYTES);
        return numbers.getInt(0);
    }

    private void read(byte[] target, int length) throws SnapshotException {
        try {
            in.readFully(target, 0, length);
        } catch (EOFException cut) {
            throw new SnapshotException("the file ends after " + records + " whole records", cut);
        } catch (IOException refused) {
            throw new SnapshotException("cannot be read: " + refused, refused);
        }
        whole.update(target, 0, length);
    }
}
