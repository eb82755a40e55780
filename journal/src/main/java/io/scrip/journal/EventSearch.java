package io.scrip.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds an event's record in a file of the event log that nobody has read yet. A record carries its sequence, its
 * generation's epoch and a checksum, so from any byte the next record can be told: the file is halved until what is left
 * is a short way to walk.
 *
 * <pre>
 *   low: a record before it                    middle: looks for a record          high: only records behind it, or none
 *   |------------------------------------------|--→ ?------------------------------|
 * </pre>
 *
 * <p>Halving only makes the way short: the walk from record to record decides, and whoever asked checks the record.
 */
final class EventSearch {
    /** What is walked from record to record. */
    private static final int WALK_BYTES = 64 << 10;

    private static final int STEP = Integer.BYTES;

    private EventSearch() {}

    /**
     * Where the record stands, its first byte; -1 when the way there is damaged.
     *
     * @param view of the same bytes; its position and limit are changed
     */
    static int find(UnsafeBuffer file, ByteBuffer view, int epoch, long firstSequence, long sequence, CRC32C crc) {
        int low = behindMetadata(file, RecordFile.FRAME);
        long lowSequence = firstSequence;
        int high = file.capacity();
        while (low >= 0 && high - low > WALK_BYTES && lowSequence < sequence) {
            int middle = (low + (high - low) / 2) & -STEP;
            int found = recordFrom(file, view, middle, Math.min(middle + WALK_BYTES / 2, high), epoch, crc);
            long foundSequence = found < 0 ? Long.MAX_VALUE : sequenceAt(file, found);
            if (foundSequence > sequence) {
                high = middle;
            } else {
                low = found;
                lowSequence = foundSequence;
            }
        }
        for (; low >= 0 && lowSequence < sequence; lowSequence++) {
            low = behindMetadata(file, low + Envelope.align(lengthAt(file, low)) + RecordFile.FRAME);
        }
        return low;
    }

    /** The first whole record that begins from {@code from} on and before {@code to}, -1 without any. */
    private static int recordFrom(UnsafeBuffer file, ByteBuffer view, int from, int to, int epoch, CRC32C crc) {
        int last = Math.min(to, file.capacity() - EventEnvelope.PAYLOAD);
        for (int at = from; at <= last; at += STEP) {
            boolean begins = file.getInt(at + EventEnvelope.TAG, ByteOrder.LITTLE_ENDIAN) == EventEnvelope.TAG_EVENT
                    && file.getInt(at + EventEnvelope.EPOCH, ByteOrder.LITTLE_ENDIAN) == epoch;
            if (begins && EventEnvelope.isGood(file, view, at, lengthAt(file, at), epoch, sequenceAt(file, at), crc)) {
                return at;
            }
        }
        return -1;
    }

    /** The next record's place, if Chronicle's own documents stand before it; -1 where the file ends. */
    private static int behindMetadata(UnsafeBuffer file, int position) {
        int at = position;
        while (at >= RecordFile.FRAME && at <= file.capacity() - EventEnvelope.PAYLOAD) {
            int frame = file.getInt(at - RecordFile.FRAME, ByteOrder.LITTLE_ENDIAN);
            if (frame <= 0) {
                return -1;
            }
            if ((frame & RecordFile.FRAME_METADATA) == 0) {
                return at;
            }
            at += Envelope.align(frame & RecordFile.FRAME_LENGTH) + RecordFile.FRAME;
        }
        return -1;
    }

    /** Length of the document that begins there, from Chronicle's frame before it; never beyond the file. */
    static int lengthAt(UnsafeBuffer file, int position) {
        int length = file.getInt(position - RecordFile.FRAME, ByteOrder.LITTLE_ENDIAN) & RecordFile.FRAME_LENGTH;
        return Math.min(length, file.capacity() - position);
    }

    private static long sequenceAt(UnsafeBuffer file, int position) {
        return file.getLong(position + EventEnvelope.SEQUENCE, ByteOrder.LITTLE_ENDIAN);
    }
}
