package io.scrip.journal;

import java.util.Objects;

/**
 * A place in a journal, right behind a record, with the hash that the next record must follow by. Kept with a snapshot,
 * so that reading on costs nothing for what lies before it.
 *
 * @param generation  number of the generation
 * @param fileName    data file in its folder
 * @param offsetBytes where the next record is looked for
 * @param sequence    of the record before it
 * @param timestampNs of that record
 * @param hashHex     SHA-256 of the chain up to that record, 64 hexadecimal digits
 */
public record JournalPosition(
        int generation, String fileName, long offsetBytes, long sequence, long timestampNs, String hashHex) {

    /** Length of {@link #hashHex}. */
    public static final int HASH_DIGITS = 2 * Chain.HASH_LENGTH;

    public JournalPosition {
        Objects.requireNonNull(fileName, "fileName");
        if (generation < 1 || offsetBytes < 0 || sequence < 0 || hashHex.length() != HASH_DIGITS) {
            throw new IllegalArgumentException(
                    "no such place: generation " + generation + ", byte " + offsetBytes + ", sequence " + sequence);
        }
    }

    Mark mark() {
        return new Mark(sequence, timestampNs, hashHex);
    }

    boolean isIn(Manifest.Generation other, Manifest.DataFile file) {
        return generation == other.number() && fileName.equals(file.name());
    }
}
