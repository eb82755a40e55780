package io.scrip.journal;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.PrunedHistory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A reader of the event log. Remembers where its last record ended, so that the next one is found at once. One thread
 * at a time.
 */
final class EventReader implements EventLog.Reader {
    private final ChronicleEventLog log;
    private final boolean learning;
    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer event = new UnsafeBuffer(0, 0);
    private EventFile file;
    private int fileIndex;
    private ByteBuffer view;
    private long sequence = -1;
    private int position;
    private boolean closed;

    /** @param learning whether files are told what it finds, while nobody else reads */
    EventReader(ChronicleEventLog log, boolean learning) {
        this.log = log;
        this.learning = learning;
    }

    @Override
    public boolean read(long eventSequence, EventLog.EventHandler handler) {
        requireOpen();
        if (eventSequence < 1 || eventSequence > log.lastEventSequence()) {
            return false;
        }
        requireKept(eventSequence);
        handOver(eventSequence, handler);
        return true;
    }

    @Override
    public long readRange(long fromEventSequence, long toEventSequence, EventLog.EventHandler handler) {
        requireOpen();
        long from = Math.max(1, fromEventSequence);
        long to = Math.min(toEventSequence, log.lastEventSequence());
        if (from <= to) {
            requireKept(from);
        }
        for (long next = from; next <= to; next++) {
            handOver(next, handler);
        }
        return Math.max(0, to - from + 1);
    }

    /** Whether the stored payload of that record is exactly these bytes. */
    boolean matches(long eventSequence, org.agrona.DirectBuffer expected, int offset, int length) {
        if (eventSequence < 1 || eventSequence > log.lastEventSequence()) {
            return false;
        }
        moveTo(eventSequence);
        if (file.buffer().getInt(position + EventEnvelope.PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN) != length) {
            return false;
        }
        event.wrap(file.buffer(), position + EventEnvelope.PAYLOAD, length);
        for (int i = 0; i < length; ) {
            if (length - i >= Long.BYTES) {
                if (event.getLong(i) != expected.getLong(offset + i)) {
                    return false;
                }
                i += Long.BYTES;
            } else if (event.getByte(i) != expected.getByte(offset + i)) {
                return false;
            } else {
                i++;
            }
        }
        return true;
    }

    private void requireKept(long eventSequence) {
        if (eventSequence < log.firstEventSequence()) {
            throw new PrunedHistory(eventSequence, log.firstEventSequence());
        }
    }

    private void handOver(long eventSequence, EventLog.EventHandler handler) {
        moveTo(eventSequence);
        int length = file.buffer().getInt(position + EventEnvelope.PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        handler.onEvent(eventSequence, file.buffer(), position + EventEnvelope.PAYLOAD, length);
    }

    /** Stands on a record afterwards, which was checked against its checksum. */
    private void moveTo(long eventSequence) {
        if (file != null && eventSequence == sequence + 1 && log.goesOnTo(eventSequence, fileIndex)) {
            position = file.after(position);
        } else {
            fileIndex = log.indexOf(eventSequence);
            EventFile holder = log.fileAt(fileIndex);
            if (holder != file) {
                file = holder;
                view = holder.view();
            }
            position = file.find(eventSequence, view, crc);
        }
        sequence = eventSequence;
        int length = position < 0 ? 0 : file.documentLength(position);
        boolean inFile =
                position >= 0 && position + (long) length <= file.buffer().capacity();
        if (!inFile || !EventEnvelope.isGood(file.buffer(), view, position, length, file.epoch(), sequence, crc)) {
            sequence = -1;
            file = null;
            throw damaged(eventSequence);
        }
        if (learning) {
            file.learn(sequence, position);
        }
    }

    private JournalFailure damaged(long eventSequence) {
        String path = log.fileOf(eventSequence).path().toString();
        return JournalFailure.damagedAt(
                path,
                position,
                eventSequence,
                "damaged event log: " + path + " at byte " + position + ", event sequence " + eventSequence
                        + "; remove the folder of the event log, it is made again from the journal");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        file = null;
        view = null;
    }
}
