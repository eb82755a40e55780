package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;

/** What one driver sends and how it reads the answers. Belongs to the driver's thread. */
interface Workload {
    /**
     * Writes the next request of a connection.
     *
     * @return how many operations it holds, 0 when nothing is left to be sent on any connection
     */
    int write(int link, ByteBuf out);

    /**
     * An answer to the oldest unanswered request of a connection.
     *
     * @param in    holds the body at {@code offset}
     * @param meter counts what it was
     */
    void onAnswer(int link, int status, ByteBuf in, int offset, int length, Meter meter);

    /** The oldest unanswered request of a connection will not be answered any more. */
    void onLost(int link);

    /** A connection has been made, for the first time or again. */
    default void onOpened(int link) {
        // Most need no greeting.
    }

    /** The first answer that nobody expects of a ledger, null for none. */
    default String firstUnexpected() {
        return null;
    }

    /** How answers are cut out of the bytes of a connection; one for each connection. */
    AnswerReader newReader();
}
