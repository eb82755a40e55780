package io.scrip.proof;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The signed statements, one fixed-length record each, in order.
 *
 * <pre>
 *   | number 8 | first event 8 | last event 8 | root 32 | previous hash 32 | signature 64 | CRC32C 4 |   156 bytes
 * </pre>
 *
 * <p>A torn record at the end is dropped on opening: it was never used in an answer, because answers wait for the
 * force. Any other damage is a failure. Not thread safe.
 */
final class StatementFile implements AutoCloseable {
    static final int RECORD_BYTES = 8 + 8 + 8 + 32 + 32 + 64 + 4;
    private static final int SIGNATURE_BYTES = 64;

    private final Path file;
    private final FileChannel channel;
    private long count;

    StatementFile(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            count = channel.size() / RECORD_BYTES;
            while (count > 0 && read(count) == null) {
                count--;
                if (count > 0 && channel.size() / RECORD_BYTES - count > 1) {
                    throw new JournalFailure(
                            JournalFailure.Kind.DAMAGED, file + " is damaged at statement " + (count + 1));
                }
            }
            channel.truncate(count * RECORD_BYTES);
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    /** Number of the last statement, 0 without any. */
    long count() {
        return count;
    }

    /** One statement; null when its record is torn. */
    Statement read(long number) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        try {
            long start = (number - 1) * RECORD_BYTES;
            while (record.hasRemaining()) {
                if (channel.read(record, start + record.position()) < 0) {
                    return null;
                }
            }
        } catch (IOException failed) {
            throw failure(failed);
        }
        return parse(record.array(), number);
    }

    /** A record as a statement; null when its checksum or its number is wrong. */
    static Statement parse(byte[] bytes, long number) {
        ByteBuffer record = ByteBuffer.wrap(bytes);
        Statement statement = new Statement(
                record.getLong(),
                record.getLong(),
                record.getLong(),
                bytes(record, Sha256.BYTES),
                bytes(record, Sha256.BYTES),
                bytes(record, SIGNATURE_BYTES));
        boolean sound = record.getInt() == checksum(bytes) && statement.number() == number;
        return sound ? statement : null;
    }

    /** Appends a statement and forces it. */
    void append(Statement statement) {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        record.putLong(statement.number()).putLong(statement.firstEvent()).putLong(statement.lastEvent());
        record.put(statement.root()).put(statement.previousHash()).put(statement.signature());
        record.putInt(checksum(record.array())).flip();
        try {
            long start = count * RECORD_BYTES;
            while (record.hasRemaining()) {
                channel.write(record, start + record.position());
            }
            channel.force(false);
        } catch (IOException failed) {
            throw failure(failed);
        }
        count = statement.number();
    }

    /** The statement whose interval holds an event; null when there is none yet. */
    Statement find(long eventSequence) {
        long low = 1;
        long high = count;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            Statement statement = read(middle);
            if (statement == null) {
                throw new JournalFailure(JournalFailure.Kind.DAMAGED, file + " is damaged at statement " + middle);
            }
            if (eventSequence < statement.firstEvent()) {
                high = middle - 1;
            } else if (eventSequence > statement.lastEvent()) {
                low = middle + 1;
            } else {
                return statement;
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    private JournalFailure failure(IOException cause) {
        return new JournalFailure(JournalFailure.Kind.DEVICE, "cannot read or write " + file, cause);
    }

    private static byte[] bytes(ByteBuffer record, int length) {
        byte[] value = new byte[length];
        record.get(value);
        return value;
    }

    private static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, RECORD_BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
