package io.scrip.engine;

import org.agrona.DirectBuffer;

/**
 * The command journal: the one thing from which everything after a crash is derived.
 *
 * <p>Used by one thread, the pipeline's. Sequences are dense from 1; timestamps (ns since 1970 UTC) strictly grow.
 * Every failure is a {@link JournalFailure} and final: the process must halt without acknowledging anything that was
 * appended since the last successful {@link #force()}; a force that failed is never tried again.
 */
public interface Journal extends AutoCloseable {

    /** Sequence of the last record, 0 when the journal is empty. */
    long lastSequence();

    /** Sequence of the first record that has not been pruned: from there on it can be replayed. */
    default long firstSequence() {
        return 1;
    }

    /** Timestamp of the last record, 0 when the journal is empty. */
    long lastTimestampNs();

    /**
     * Appends one record. It is durable only after {@link #force()} has returned.
     *
     * @param sequence    exactly {@code lastSequence() + 1}
     * @param timestampNs greater than {@code lastTimestampNs()}
     */
    void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length);

    /** Makes every appended record durable in the configured mode. Does nothing when nothing was appended since. */
    void force();

    /**
     * Called by the pipeline when no command is waiting after a batch, so that the journal can close the gap that
     * proves its last record durable. Cheap when there is nothing to do.
     */
    void onIdle();

    /**
     * Whether a batch of {@code lengthBytes} more can be appended and still leave the reserve untouched. When false
     * the engine is read-only until it is true again.
     */
    boolean hasRoom(int lengthBytes);

    /**
     * Reads every record from {@code fromSequence} on, in order, checking each one (length, checksum, sequence,
     * timestamp, chain). Called before the first append.
     *
     * @return the number of records handed over
     */
    long replay(long fromSequence, RecordHandler handler);

    @Override
    void close();

    /** Receives one journal record; the buffer is valid only during the call. */
    @FunctionalInterface
    interface RecordHandler {
        void onRecord(long sequence, long timestampNs, DirectBuffer command, int offset, int length);
    }
}
