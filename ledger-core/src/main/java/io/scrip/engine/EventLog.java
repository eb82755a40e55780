package io.scrip.engine;

import org.agrona.DirectBuffer;

/**
 * The derived log of outcomes: one record per leg and one per other decision, with a dense event sequence from 1.
 *
 * <p>Appended by the pipeline's thread only, never forced: it can always be rebuilt from the journal. Readers are
 * independent; each {@link Reader} belongs to one thread at a time.
 */
public interface EventLog extends AutoCloseable {

    /** Event sequence of the last record, 0 when empty. */
    long lastEventSequence();

    /** Event sequence of the first record that has not been pruned; what comes before it cannot be read any more. */
    default long firstEventSequence() {
        return 1;
    }

    /**
     * Begins anew behind an event, when what came before can neither be read nor made again. Before the first append.
     *
     * @return where what it held has been moved to; empty when it held nothing
     */
    default String beginAfter(long eventSequence) {
        throw new UnsupportedOperationException("this log begins with its first event");
    }

    /**
     * Events from here on are made again, some of which somebody may take for being on the device. Before the first of
     * them is appended.
     */
    default void beginRemaking(long fromEventSequence) {
        // A log that lives as long as the process has nothing to remember.
    }

    /** They have all been made: what had to be on the device before is there again. */
    default void endRemaking() {
        // As above.
    }

    /** Appends the record with event sequence {@code lastEventSequence() + 1}. */
    void append(long eventSequence, DirectBuffer event, int offset, int length);

    /** Opens a reader of its own; close it when done. */
    Reader openReader();

    /** For one who reads while nobody else does, as recovery does: what it finds out serves those who come later. */
    default Reader openFirstReader() {
        return openReader();
    }

    @Override
    void close();

    /** Reads records by event sequence. Not thread safe. */
    interface Reader extends AutoCloseable {
        /**
         * Hands over one record, checked against its checksum.
         *
         * @return false when there is no such record (yet)
         * @throws PrunedHistory when it has been pruned
         */
        boolean read(long eventSequence, EventHandler handler);

        /**
         * Hands over records from {@code fromEventSequence} on, in order, up to and including
         * {@code toEventSequence}; sequential reading is much cheaper than single reads.
         *
         * @return the number of records handed over; fewer than asked for at the end of the log
         * @throws PrunedHistory when the first of them has been pruned
         */
        long readRange(long fromEventSequence, long toEventSequence, EventHandler handler);

        @Override
        void close();
    }

    /** Receives one event record (an SBE event message with its header); the buffer is valid during the call only. */
    @FunctionalInterface
    interface EventHandler {
        void onEvent(long eventSequence, DirectBuffer event, int offset, int length);
    }
}
