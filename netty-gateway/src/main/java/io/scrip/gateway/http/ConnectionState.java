package io.scrip.gateway.http;

/** What a connection is doing; each state but the last two has a deadline of its own. */
enum ConnectionState {
    /** Waiting for a request. */
    IDLE(true),
    READING_HEAD(true),
    READING_BODY(true),
    /** Nothing more is read: the last answer is on its way. */
    ENDING(false),
    /** Our side is closed; what still comes is thrown away, so that the answer is not lost to a reset. */
    LINGERING(false);

    private final boolean reads;

    ConnectionState(boolean reads) {
        this.reads = reads;
    }

    /** Whether requests are still taken. */
    boolean reads() {
        return reads;
    }
}
