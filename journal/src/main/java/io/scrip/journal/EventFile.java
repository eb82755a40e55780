package io.scrip.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One Chronicle file of the event log: its bytes, mapped once for all readers, and where every 32nd record stands of
 * those that this process has read or written. A record before them is searched for.
 *
 * <p>One thread adds positions; any thread reads records whose sequence it learnt from the log's volatile last
 * sequence, which is written after the position. The mapping goes with the last object that uses it.
 */
final class EventFile {
    static final int STRIDE = 32;

    private final Path path;
    private final int epoch;
    private final long firstSequence;
    private final ByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private int[] positions = new int[64];
    private int positionCount;
    /** The record that stands at the first of the positions. */
    private long indexedFrom;
    /** Up to this record somebody has read it from the first one on. */
    private long readTo;

    private long lastSequence;

    /** @param mapped the file's bytes, which show what is written to it later */
    EventFile(Path path, ByteBuffer mapped, int epoch, long firstSequence) {
        this.path = path;
        this.epoch = epoch;
        this.firstSequence = firstSequence;
        this.indexedFrom = firstSequence;
        this.lastSequence = firstSequence - 1;
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    private EventFile(EventFile moved, Path path, ByteBuffer mapped) {
        this(path, mapped, moved.epoch, moved.firstSequence);
        indexedFrom = moved.indexedFrom;
        positions = moved.positions;
        positionCount = moved.positionCount;
        indexedFrom = moved.indexedFrom;
        lastSequence = moved.lastSequence;
    }

    /** The same file, which nobody writes any more, in another place. */
    EventFile movedTo(Path newPath, ByteBuffer newlyMapped) {
        return new EventFile(this, newPath, newlyMapped);
    }

    /** What stands for it once nobody may read it any more: its name and numbers. */
    EventFile pruned() {
        return new EventFile(this, path, ByteBuffer.allocate(0));
    }

    Path path() {
        return path;
    }

    int epoch() {
        return epoch;
    }

    long firstSequence() {
        return firstSequence;
    }

    /** Of this record and those behind it some are known by where they stand. */
    long indexedFrom() {
        return indexedFrom;
    }

    /** For the appending thread and for recovery. */
    long lastSequence() {
        return lastSequence;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** A view with a position of its own, for a reader. */
    ByteBuffer view() {
        return mapped.duplicate();
    }

    /** The next record stands there (its first byte, behind Chronicle's frame). */
    void add(long position) {
        lastSequence++;
        if ((lastSequence - indexedFrom) % STRIDE == 0) {
            addPosition((int) position);
        }
    }

    private void addPosition(int position) {
        if (positionCount == positions.length) {
            positions = Arrays.copyOf(positions, 2 * positionCount);
        }
        positions[positionCount++] = position;
    }

    /** Forgets the records from there on; none is added afterwards. */
    void truncateTo(long newLastSequence) {
        lastSequence = newLastSequence;
        readTo = -1;
        positionCount = newLastSequence < indexedFrom ? 0 : (int) ((newLastSequence - indexedFrom) / STRIDE) + 1;
    }

    /** Takes the file for good without reading it: it has been read before, and this is its last record. */
    void trust(long knownLastSequence) {
        lastSequence = knownLastSequence;
        indexedFrom = knownLastSequence + 1;
    }

    /**
     * Somebody who reads a file that was trusted, from its first record on, has found the next one there: when it has been
     * read to its end, it is as if it had been read at first. While nobody else reads.
     */
    void learn(long sequence, int position) {
        if (indexedFrom <= lastSequence) {
            return;
        }
        if (sequence == firstSequence) {
            positionCount = 0;
            readTo = firstSequence - 1;
        }
        if (sequence != readTo + 1) {
            return;
        }
        readTo = sequence;
        if ((sequence - firstSequence) % STRIDE == 0) {
            addPosition(position);
        }
        if (sequence == lastSequence) {
            indexedFrom = firstSequence;
        }
    }

    /**
     * Where the record stands: its first byte. It must be in this file.
     *
     * @param view of the caller's own
     * @return -1 when the way there is damaged
     */
    int find(long sequence, ByteBuffer view, CRC32C crc) {
        if (sequence < indexedFrom) {
            return EventSearch.find(buffer, view, epoch, firstSequence, sequence, crc);
        }
        long distance = sequence - indexedFrom;
        int position = positions[(int) (distance / STRIDE)];
        for (long i = distance % STRIDE; i > 0 && position >= 0; i--) {
            position = after(position);
        }
        return position;
    }

    /** Up to the end of its last record, which must be good. */
    long writtenBytes() {
        int position = find(lastSequence, view(), new CRC32C());
        return (long) position + documentLength(position);
    }

    /** Where the record behind one stands; -1 when the way there leads out of the file, which is then damaged. */
    int after(int position) {
        int next = behind(position);
        while (next >= 0 && isMetadata(next)) {
            next = behind(next);
        }
        return next;
    }

    private int behind(int position) {
        long next = (long) position + Envelope.align(documentLength(position)) + RecordFile.FRAME;
        return next <= buffer.capacity() ? (int) next : -1;
    }

    /** Length of the document at a position in the file, from Chronicle's frame before it. */
    int documentLength(int position) {
        return buffer.getInt(position - RecordFile.FRAME, ByteOrder.LITTLE_ENDIAN) & RecordFile.FRAME_LENGTH;
    }

    private boolean isMetadata(int position) {
        int frame = buffer.getInt(position - RecordFile.FRAME, ByteOrder.LITTLE_ENDIAN);
        return frame >= 0 && (frame & RecordFile.FRAME_METADATA) != 0;
    }

    /** Reads the file up to the first record that is not good, or that comes after {@code until}. */
    void scan(long until) {
        scan(RecordFile.FRAME, until);
    }

    /** As {@link #scan}, from a record on that is known to stand there. */
    void scanFrom(long sequence, int recordPosition, long until) {
        indexedFrom = sequence;
        lastSequence = sequence - 1;
        scan(recordPosition, until);
    }

    private void scan(int from, long until) {
        CRC32C crc = new CRC32C();
        ByteBuffer view = view();
        long position = from;
        while (lastSequence < until && position <= buffer.capacity()) {
            int at = (int) position;
            int frame = buffer.getInt(at - RecordFile.FRAME, ByteOrder.LITTLE_ENDIAN);
            int length = frame & RecordFile.FRAME_LENGTH;
            if (frame <= 0 || position + length > buffer.capacity()) {
                return;
            }
            if ((frame & RecordFile.FRAME_METADATA) == 0) {
                if (!EventEnvelope.isGood(buffer, view, at, length, epoch, lastSequence + 1, crc)) {
                    return;
                }
                add(position);
            }
            position += Envelope.align(length) + RecordFile.FRAME;
        }
    }
}
