package io.scrip.tools.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the documents of an undamaged Chronicle file stand, by {@code docs/journal-format.md} alone.
 *
 * @param documents in order, Chronicle's own among them
 */
record Layout(List<Document> documents) {
    private static final int FRAME = 4;
    private static final int METADATA = 0x4000_0000;
    private static final int LENGTH = 0x3fff_ffff;
    private static final int TAG_AT = 4;
    private static final int KIND_AT = 7;
    private static final int FORCED_AT = 16;
    private static final int SEQUENCE_AT = 24;
    private static final int EVENT_SEQUENCE_AT = 16;

    /** What a document is. */
    enum Kind {
        COMMAND,
        PART,
        SEAL,
        EVENT,
        /** Chronicle's own. */
        FOREIGN
    }

    /**
     * One document with the frame before it.
     *
     * @param start    first byte of its frame
     * @param end      behind its last byte
     * @param sequence of the command or event; of a seal the one it seals
     * @param forced   everything up to it was on the device; -1 where no record says so
     */
    record Document(long start, long end, Kind kind, long sequence, long forced) {
        boolean holds(long offset) {
            return offset >= start && offset < end;
        }
    }

    Layout {
        documents = List.copyOf(documents);
    }

    static Layout of(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Document> found = new ArrayList<>();
        int at = 0;
        while (at + FRAME <= bytes.capacity() && bytes.getInt(at) > 0) {
            int length = bytes.getInt(at) & LENGTH;
            int end = at + FRAME + (length + FRAME - 1) / FRAME * FRAME;
            boolean own = (bytes.getInt(at) & METADATA) != 0;
            found.add(own ? new Document(at, end, Kind.FOREIGN, 0, -1) : document(bytes, at, end));
            at = end;
        }
        return new Layout(found);
    }

    private static Document document(ByteBuffer bytes, int at, int end) {
        int record = at + FRAME;
        if (bytes.get(record + TAG_AT) != 'S') {
            return new Document(at, end, Kind.FOREIGN, 0, -1);
        }
        if (bytes.get(record + TAG_AT + 1) == 'E') {
            return new Document(at, end, Kind.EVENT, bytes.getLong(record + EVENT_SEQUENCE_AT), -1);
        }
        Kind kind = Kind.values()[bytes.get(record + KIND_AT) - 1];
        return new Document(at, end, kind, bytes.getLong(record + SEQUENCE_AT), bytes.getLong(record + FORCED_AT));
    }

    /** Behind the last document. */
    long end() {
        return documents.isEmpty() ? 0 : documents.get(documents.size() - 1).end();
    }

    /** The document that a byte belongs to, null behind the last. */
    Document at(long offset) {
        int low = 0;
        int high = documents.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Document document = documents.get(middle);
            if (document.holds(offset)) {
                return document;
            }
            if (document.start() > offset) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return null;
    }

    /** The last command or event that lies wholly before an offset; {@code none} when there is none. */
    long lastBefore(long offset, long none) {
        long last = none;
        for (Document document : documents) {
            if (document.end() > offset) {
                break;
            }
            if (document.kind() == Kind.COMMAND || document.kind() == Kind.EVENT) {
                last = document.sequence();
            }
        }
        return last;
    }

    /** What the documents behind an offset say was on the device; -1 when none does. */
    long forcedBehind(long offset) {
        long forced = -1;
        for (Document document : documents) {
            if (document.start() > offset) {
                forced = Math.max(forced, document.forced());
            }
        }
        return forced;
    }
}
