package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Walks an event log from its first record on, for those who want to know what is on disk and not to mend it: opening
 * and reading change nothing. Where something else stands than the next good event it stops, and {@link #fault} says
 * what and where. One thread.
 */
public final class EventLogReader implements AutoCloseable {
    private final LogFolder folder;
    private final CRC32C crc = new CRC32C();
    private final List<Stretch> stretches = new ArrayList<>();
    private int next;
    private FileWindow window;
    private Stretch current;
    private long position;
    private final long firstSequence;
    private long sequence;
    private int index;
    private int payloadLength;
    private Fault fault;

    /**
     * Where and why reading stopped.
     *
     * @param offsetBytes   -1 when the whole file is meant
     * @param eventSequence the event that should stand there
     */
    public record Fault(Path file, long offsetBytes, long eventSequence, String reason) {}

    /** A file and which events it holds; {@code until} is the largest number where that is not written anywhere. */
    private record Stretch(Path file, int epoch, long after, long until, boolean cut) {}

    private EventLogReader(LogFolder folder) {
        this.folder = folder;
        Manifest manifest = folder.manifest();
        sequence = folder.archive().pruned().sequence();
        firstSequence = sequence + 1;
        for (Manifest.Generation generation : manifest.generations()) {
            List<Manifest.DataFile> files = generation.files();
            for (int i = 0; i < files.size(); i++) {
                if (folder.archive().isPruned(generation.endOf(i))) {
                    continue;
                }
                boolean last = i + 1 == files.size();
                long end = generation.end() == null
                        ? Long.MAX_VALUE
                        : generation.end().sequence();
                stretches.add(new Stretch(
                        folder.dataFile(generation, files.get(i).name()),
                        generation.epoch(),
                        files.get(i).after().sequence(),
                        last ? end : files.get(i + 1).after().sequence(),
                        last && (generation.cut() || generation.end() == null)));
            }
        }
    }

    /**
     * Opens the event log in a folder that nobody writes.
     *
     * @throws JournalFailure LOCKED when somebody does; UNREADABLE, DAMAGED (its manifest) or DEVICE
     */
    public static EventLogReader open(Path path) {
        LogFolder folder = LogFolder.read(path, Manifest.KIND_EVENTS);
        try {
            return new EventLogReader(folder);
        } catch (RuntimeException refused) {
            folder.close();
            throw refused;
        }
    }

    /** Moves to the next event; false at the end, and where {@link #fault} says that something is wrong. */
    public boolean next() {
        if (fault != null) {
            return false;
        }
        while (current == null || sequence == current.until()) {
            if (!openNext()) {
                return false;
            }
        }
        return read();
    }

    private boolean openNext() {
        if (current != null && hasForeignBytes()) {
            return false;
        }
        closeWindow();
        if (next == stretches.size()) {
            current = null;
            return false;
        }
        current = stretches.get(next++);
        position = 0;
        if (!Files.exists(current.file())) {
            return stop(-1, "the file is missing");
        }
        if (current.after() != sequence) {
            return stop(-1, "the file begins after event " + current.after());
        }
        window = new FileWindow(current.file());
        return true;
    }

    private boolean read() {
        while (true) {
            int at = window.load(position, RecordFile.FRAME);
            int frame = at < 0 ? 0 : window.intAt(at);
            if (frame == 0 || frame == RecordFile.FRAME_END_OF_FILE) {
                return atEnd(at < 0, RecordFile.behindEndOfFile(window, position));
            }
            int length = frame & RecordFile.FRAME_LENGTH;
            int step = RecordFile.FRAME + Envelope.align(length);
            at = frame < 0 ? -1 : window.load(position, step);
            if (at < 0) {
                return stopUnlessTorn(position, "a document that was not finished");
            }
            long record = position + RecordFile.FRAME;
            position += step;
            if ((frame & RecordFile.FRAME_METADATA) == 0) {
                return accept(at + RecordFile.FRAME, record, length);
            }
        }
    }

    private boolean accept(int at, long record, int length) {
        ByteBuffer view = ByteBuffer.wrap(window.bytes());
        if (!EventEnvelope.isGood(window.buffer(), view, at, length, current.epoch(), sequence + 1, crc)) {
            return stopUnlessTorn(record, "no good record of this event");
        }
        sequence++;
        index = at + EventEnvelope.PAYLOAD;
        payloadLength = window.buffer().getInt(at + EventEnvelope.PAYLOAD_LENGTH, ByteOrder.LITTLE_ENDIAN);
        return true;
    }

    /** No further document. That is the end of a log whose process was killed, and of no other. */
    private boolean atEnd(boolean fileEnds, long behind) {
        if (current.until() != Long.MAX_VALUE) {
            return stop(position, "no record; the log goes on to event " + current.until());
        }
        if (fileEnds) {
            return stop(position, "the file is shorter than it was");
        }
        long foreign = window.firstByteThatIsNotZero(behind);
        return foreign >= 0 ? stop(foreign, "something behind the last record") : end();
    }

    /** What a killed process was writing is its log's end, if no record follows. */
    private boolean stopUnlessTorn(long offsetBytes, String reason) {
        boolean torn = current.until() == Long.MAX_VALUE && !hasRecordFrom(offsetBytes + EventEnvelope.PAYLOAD);
        return torn ? end() : stop(offsetBytes, reason);
    }

    private boolean hasRecordFrom(long from) {
        for (long at = from & ~3; at + EventEnvelope.SEQUENCE <= window.fileLength(); at += Integer.BYTES) {
            int word = window.load(at, EventEnvelope.SEQUENCE - EventEnvelope.TAG);
            if (word >= 0
                    && window.intAt(word) == EventEnvelope.TAG_EVENT
                    && window.intAt(word + EventEnvelope.EPOCH - EventEnvelope.TAG) == current.epoch()) {
                return true;
            }
        }
        return false;
    }

    private boolean end() {
        closeWindow();
        current = null;
        next = stretches.size();
        return false;
    }

    private boolean hasForeignBytes() {
        if (current.cut()) {
            return false;
        }
        long foreign = window.firstByteThatIsNotZero(RecordFile.behindEndOfFile(window, position));
        return foreign >= 0 && !stop(foreign, "something behind the last record");
    }

    private boolean stop(long offsetBytes, String reason) {
        fault = new Fault(current.file(), offsetBytes, sequence + 1, reason);
        return false;
    }

    /** Sequence of the first event that has not been pruned. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Sequence of the current event; after the end, of the last good one. */
    public long sequence() {
        return sequence;
    }

    /** The current event is in this buffer, until the next call of {@link #next}. */
    public DirectBuffer buffer() {
        return window.buffer();
    }

    public int offset() {
        return index;
    }

    public int length() {
        return payloadLength;
    }

    /** The file of the current event. */
    public Path file() {
        return current.file();
    }

    /** Where the current event's record begins in its file. */
    public long offsetBytes() {
        return position - Envelope.align(EventEnvelope.lengthOf(payloadLength));
    }

    /** Why reading stopped; null as long as nothing was wrong. */
    public Fault fault() {
        return fault;
    }

    private void closeWindow() {
        if (window != null) {
            window.close();
            window = null;
        }
    }

    @Override
    public void close() {
        closeWindow();
        folder.close();
    }
}
