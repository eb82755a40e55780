package io.scrip.proof;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The signed statements, one fixed-length record each, in order.
 *
 * <pre>
 *   | number 8 | first event 8 | last event 8 | root 32 | previous hash 32 | signature 64 | CRC32C 4 |   156 bytes
 * </pre>
 *
 * <p>Statements are derived, like the event log: on opening all are checked (checksum, numbers, chain, and that the
 * event log has the events), and from the first that is wrong on they are dropped and made anew. What is about pruned
 * events cannot be made anew: a record of these that is damaged stays where it is, and those behind it count. A torn
 * record at the end was never used in an answer, because answers wait for the force; anything else is reported, and the
 * file is kept beside as it was. Not thread safe.
 */
final class StatementFile implements AutoCloseable {
    static final int RECORD_BYTES = 8 + 8 + 8 + 32 + 32 + 64 + 4;
    private static final int SIGNATURE_BYTES = 64;
    private static final int READ_TOGETHER = 4_096;

    private final Path file;
    private final FileChannel channel;
    private final String dropped;
    private long count;

    /**
     * Opens the file, or makes it.
     *
     * @param firstEvent of the event log; what comes before it has been pruned, and statements about it cannot be made anew
     * @param lastEvent  of the event log; a statement about a later event is about one that was lost
     */
    StatementFile(Path file, long firstEvent, long lastEvent) {
        this.file = file;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            StatementChain chain = new StatementChain(firstEvent, lastEvent);
            long records = channel.size() / RECORD_BYTES;
            ByteBuffer several =
                    ByteBuffer.allocate(READ_TOGETHER * RECORD_BYTES).limit(0);
            byte[] record = new byte[RECORD_BYTES];
            long read = 0;
            while (read < records && !chain.isBroken()) {
                if (!several.hasRemaining()) {
                    fill(several, read, records);
                }
                several.get(record);
                read++;
                chain.take(parse(record, read), read);
            }
            count = chain.count();
            dropped = chain.report(records);
            if (!dropped.isEmpty()) {
                Files.copy(file, file.resolveSibling("statements.dropped"), StandardCopyOption.REPLACE_EXISTING);
            }
            channel.truncate(count * RECORD_BYTES);
        } catch (IOException failed) {
            throw failure(failed);
        }
    }

    /** Reads the records behind the first {@code from}, as many as there are and fit. */
    private void fill(ByteBuffer several, long from, long records) throws IOException {
        several.clear().limit((int) Math.min(READ_TOGETHER, records - from) * RECORD_BYTES);
        while (several.hasRemaining()) {
            if (channel.read(several, from * RECORD_BYTES + several.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
        several.flip();
    }

    /** What was dropped on opening and why, for the operator; empty when nothing was. */
    String dropped() {
        return dropped;
    }

    /** Number of the last statement, 0 without any. */
    long count() {
        return count;
    }

    /** One statement; null when its record is not sound. */
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

    /** One statement that has been read before. */
    Statement require(long number) {
        Statement statement = read(number);
        if (statement == null) {
            throw new JournalFailure(JournalFailure.Kind.DAMAGED, file + " is damaged at statement " + number);
        }
        return statement;
    }

    /** Appends statements and forces them together. */
    void append(List<Statement> statements) {
        ByteBuffer records = ByteBuffer.allocate(RECORD_BYTES * statements.size());
        for (Statement statement : statements) {
            ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
            record.putLong(statement.number()).putLong(statement.firstEvent()).putLong(statement.lastEvent());
            record.put(statement.root()).put(statement.previousHash()).put(statement.signature());
            record.putInt(checksum(record.array())).flip();
            records.put(record);
        }
        records.flip();
        try {
            long start = count * RECORD_BYTES;
            while (records.hasRemaining()) {
                channel.write(records, start + records.position());
            }
            channel.force(true);
        } catch (IOException failed) {
            throw failure(failed);
        }
        count += statements.size();
    }

    /** The statement whose interval holds an event; null when there is none yet. */
    Statement find(long eventSequence) {
        long low = 1;
        long high = count;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            Statement statement = soundFrom(middle, high);
            if (statement == null || eventSequence < statement.firstEvent()) {
                high = middle - 1;
            } else if (eventSequence > statement.lastEvent()) {
                low = statement.number() + 1;
            } else {
                return statement;
            }
        }
        return null;
    }

    /** Some of those about pruned events may be damaged. */
    private Statement soundFrom(long number, long most) {
        Statement statement = null;
        for (long next = number; next <= most && statement == null; next++) {
            statement = read(next);
        }
        return statement;
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
