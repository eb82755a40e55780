package io.scrip.journal;

import io.scrip.engine.Journal;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads the records of one Chronicle file as they lie there, checking each, up to the first byte that is not a good
 * record; and then says what else the file holds. Trusts nothing but its arguments. One thread.
 */
final class RecordFile implements AutoCloseable {
    /** Chronicle's frame: a word before each document. */
    static final int FRAME = 4;

    private static final int FRAME_UNFINISHED = 0x8000_0000;
    static final int FRAME_METADATA = 0x4000_0000;
    static final int FRAME_LENGTH = 0x3fff_ffff;
    static final int FRAME_END_OF_FILE = FRAME_UNFINISHED | FRAME_METADATA;
    /** Chronicle writes it behind that frame. */
    private static final int END_OF_FILE_TEXT = 0xc3 | 'E' << 8 | 'O' << 16 | 'F' << 24;

    private static final int MAX_DOCUMENT_LENGTH = JournalConfig.MAX_BLOCK_SIZE_BYTES / 4;

    private final FileWindow window;
    private final int epoch;
    private final Chain chain;
    private final CRC32C crc = new CRC32C();
    private final ExpandableArrayBuffer parts = new ExpandableArrayBuffer();
    private int partsLength;
    private boolean inParts;
    private long position;
    private long goodEnd;
    /** End of the last good record: Chronicle's own documents behind it have no checksum and may hide records. */
    private long recordEnd;

    private long commandStart;
    private long forcedSequence = -1;
    private long provedStart;
    private long unprovenStart;

    private String fault;
    private long goodDocuments;
    private boolean endsEarly;

    RecordFile(Path file, int epoch, Chain chain) {
        this(file, epoch, chain, 0);
    }

    /** Reads from behind a record that the chain stands at. */
    RecordFile(Path file, int epoch, Chain chain, long startBytes) {
        this.window = new FileWindow(file);
        this.epoch = epoch;
        this.chain = chain;
        position = startBytes;
        goodEnd = startBytes;
        recordEnd = startBytes;
        provedStart = startBytes;
        unprovenStart = startBytes;
    }

    /** Forgets what was read ahead: somebody may have written since. */
    void refresh() {
        window.refresh();
        fault = null;
    }

    /**
     * Reads on until the chain stands at {@code until} or something else than a good record comes.
     *
     * @param from records before it are checked and not handed over
     * @return records handed over
     */
    long read(long from, long until, Journal.RecordHandler handler) {
        long count = 0;
        while (chain.sequence() < until) {
            int at = window.load(position, FRAME);
            int frame = at < 0 ? 0 : window.intAt(at);
            endsEarly = at < 0;
            if (frame == 0 || frame == FRAME_END_OF_FILE) {
                stop(inParts ? "a command without its last part" : null);
                return count;
            }
            int length = frame & FRAME_LENGTH;
            int step = FRAME + Envelope.align(length);
            at = length > MAX_DOCUMENT_LENGTH ? -1 : window.load(position, step);
            endsEarly = frame > 0 && at < 0 && length <= MAX_DOCUMENT_LENGTH;
            if (frame < 0 || at < 0) {
                stop(frame < 0 ? "a document that was not finished" : "a document of " + length + " bytes");
                return count;
            }
            if ((frame & FRAME_METADATA) == 0) {
                long before = chain.sequence();
                commandStart = inParts ? commandStart : position;
                String wrong = accept(at + FRAME, length, from, handler);
                if (wrong != null) {
                    stop(wrong);
                    return count;
                }
                count += chain.sequence() > before && chain.sequence() >= from ? 1 : 0;
                if (!inParts) {
                    prove(window.longAt(at + FRAME + Envelope.FORCED_SEQUENCE));
                }
                recordEnd = inParts ? recordEnd : position + step;
                goodDocuments++;
            }
            position += step;
            goodEnd = inParts ? goodEnd : position;
        }
        return count;
    }

    /**
     * Takes notice of what was forced when the record at {@code commandStart} was written. A force takes all that was
     * written before it; so records from the last place on where that number grew may not be forced.
     */
    private void prove(long forced) {
        if (forced > forcedSequence) {
            unprovenStart = forced >= chain.sequence() - 1 ? commandStart : provedStart;
            provedStart = commandStart;
            forcedSequence = forced;
        }
    }

    private void stop(String reason) {
        fault = reason;
        chain.forget();
    }

    /** Goes back behind the last good record, to read on in a file that somebody else is writing. */
    void rewind() {
        window.refresh();
        position = goodEnd;
        inParts = false;
        partsLength = 0;
        fault = null;
    }

    /**
     * Looks behind the last record of a file that nobody writes any more: there may be a seal, documents of Chronicle
     * itself and zeros.
     *
     * @return the place of the first byte that is none of these, -1 without any
     */
    long firstForeignByte() {
        long behindLast = position;
        long lastSequence = chain.sequence();
        read(Long.MAX_VALUE, Long.MAX_VALUE, (sequence, timestampNs, buffer, offset, length) -> {});
        if (fault != null || chain.sequence() > lastSequence) {
            return fault == null ? behindLast : position;
        }
        return window.firstByteThatIsNotZero(behindEndOfFile(window, position));
    }

    /** The place itself, or the one behind Chronicle's mark for the end of a file that has been rolled. */
    static long behindEndOfFile(FileWindow window, long position) {
        int at = window.load(position, 2 * FRAME);
        boolean marked =
                at >= 0 && window.intAt(at) == FRAME_END_OF_FILE && window.intAt(at + FRAME) == END_OF_FILE_TEXT;
        return marked ? position + 2 * FRAME : position;
    }

    private String accept(int at, int length, long from, Journal.RecordHandler handler) {
        String wrong = Envelope.fault(window.buffer(), window.bytes(), at, length, epoch, crc);
        if (wrong != null) {
            return wrong;
        }
        int tag = window.intAt(at + Envelope.TAG);
        int payloadLength = window.intAt(at + Envelope.PAYLOAD_LENGTH);
        long sequence = window.longAt(at + Envelope.SEQUENCE);
        long timestampNs = window.longAt(at + Envelope.TIMESTAMP);
        if (!Envelope.previousHashIs(window.bytes(), at, chain.hash())) {
            return "record " + sequence + " does not follow by its hash";
        }
        if (tag == Envelope.TAG_SEAL) {
            boolean seals = sequence == chain.sequence() && timestampNs == chain.timestampNs() && !inParts;
            return seals ? null : "a seal of sequence " + sequence;
        }
        if (sequence != chain.sequence() + 1) {
            return "sequence " + sequence + " where " + (chain.sequence() + 1) + " is next";
        }
        if (timestampNs <= chain.timestampNs()) {
            return "timestamp " + timestampNs + " after " + chain.timestampNs();
        }
        if (inParts) {
            chain.add(window.bytes(), at + Envelope.PAYLOAD, payloadLength);
        } else {
            chain.add(window.bytes(), at + Envelope.SEQUENCE, Envelope.HASHED_HEADER_LENGTH + payloadLength);
        }
        if (tag == Envelope.TAG_PART || inParts) {
            parts.putBytes(partsLength, window.bytes(), at + Envelope.PAYLOAD, payloadLength);
            partsLength += payloadLength;
        }
        if (tag == Envelope.TAG_PART) {
            inParts = true;
            return null;
        }
        chain.advance(sequence, timestampNs);
        if (sequence >= from) {
            if (inParts) {
                handler.onRecord(sequence, timestampNs, parts, 0, partsLength);
            } else {
                handler.onRecord(sequence, timestampNs, window.buffer(), at + Envelope.PAYLOAD, payloadLength);
            }
        }
        inParts = false;
        partsLength = 0;
        return null;
    }

    /** Where the first thing stands that looks like a record of any generation; -1 without any. */
    static long firstRecordIn(Path file) {
        try (FileWindow window = new FileWindow(file)) {
            for (long at = 0; at + FRAME <= window.fileLength(); at += FRAME) {
                int index = window.load(at, FRAME);
                int word = index < 0 ? 0 : window.intAt(index);
                if (word == Envelope.TAG_COMMAND || word == Envelope.TAG_PART) {
                    return at;
                }
            }
            return -1;
        }
    }

    /** Sequence of the last good record, in this file or before it. */
    long lastSequence() {
        return chain.sequence();
    }

    /** Where reading stopped. */
    long position() {
        return position;
    }

    /** Why reading stopped; null when there simply was no further record. */
    String fault() {
        return fault;
    }

    /** Whether there is any good record, were it only the seal that every file begins with. */
    boolean hasRecord() {
        return goodDocuments > 0;
    }

    /**
     * Whether somebody has cut the file: it ends where a document should go on or the next begin. Chronicle makes a
     * file longer in whole blocks before it writes, so by itself it ends early only at the end of a block, when a
     * power cut came before the longer length was on the device.
     */
    boolean isCut() {
        return endsEarly && window.fileLength() % JournalConfig.MIN_BLOCK_SIZE_BYTES != 0;
    }

    Path file() {
        return window.file();
    }

    /** From here on nothing that was read says of the records that they were forced. */
    long unprovenStart() {
        return unprovenStart;
    }

    /** Behind the last good document. */
    long goodEnd() {
        return goodEnd;
    }

    /** What the file holds from the end of its last good record on. */
    Remains remains() {
        long records = 0;
        long forced = -1;
        long end = goodEnd;
        long behind = behindEndOfFile(window, position);
        for (long at = recordEnd; at + FRAME <= window.fileLength(); at += FRAME) {
            int index = window.load(at, FRAME);
            int word = index < 0 ? 0 : window.intAt(index);
            if (word == 0 || (at >= position && at < behind)) {
                continue;
            }
            end = Math.max(end, at < goodEnd ? end : at + FRAME);
            long forcedByRecord = Envelope.isTag(word) ? forcedByRecordAt(at - Envelope.TAG) : -1;
            if (forcedByRecord >= 0) {
                records++;
                forced = Math.max(forced, forcedByRecord);
            }
        }
        return new Remains(records, end - goodEnd, forced);
    }

    /** The forcedSequence of the record that begins there, -1 when none does. */
    private long forcedByRecordAt(long at) {
        int index = at < 0 ? -1 : window.load(at, Envelope.PAYLOAD);
        if (index < 0) {
            return -1;
        }
        int payloadLength = window.intAt(index + Envelope.PAYLOAD_LENGTH);
        if (payloadLength < 0 || payloadLength > MAX_DOCUMENT_LENGTH || window.intAt(index + Envelope.EPOCH) != epoch) {
            return -1;
        }
        int length = Envelope.lengthOf(payloadLength);
        index = window.load(at, length);
        if (index < 0 || Envelope.fault(window.buffer(), window.bytes(), index, length, epoch, crc) != null) {
            return -1;
        }
        return window.longAt(index + Envelope.FORCED_SEQUENCE);
    }

    @Override
    public void close() {
        window.close();
    }

    /**
     * What lies behind the last good record.
     *
     * @param records        whole records of the same generation
     * @param lengthBytes    up to the last byte that is not zero
     * @param forcedSequence the highest that any of those records names, -1 without any
     */
    record Remains(long records, long lengthBytes, long forcedSequence) {}
}
