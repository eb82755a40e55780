package io.scrip.testkit.sim;

/** What the simulator watches over. */
public enum Check {
    MODEL("replies, events and balances equal the model's"),
    ZERO_SUM("debits and credits of every token are equal after each batch"),
    ACKNOWLEDGED("what a client was told is there after every crash"),
    SAME_OUTCOME("a retry is answered as the first try was"),
    ORDER("no reply before its command is durable, each command once and in order"),
    REPLAY("the state after a replay from the first record is the live one"),
    SNAPSHOT("a snapshot and the records after it give the live state"),
    EVENT_LOG("the event log after a restart holds the events that were there"),
    DAMAGE("damaged bytes that were acknowledged are found and named"),
    RECOVERY("every restart succeeds, and soon"),
    FULL_DISK("a full disk makes the ledger read-only and nothing worse"),
    LIVENESS("once the faults have ended, every request is answered"),
    FAULT("nothing throws but what was made to fail");

    private final String promise;

    Check(String promise) {
        this.promise = promise;
    }

    /** The sentence that is true as long as the check passes. */
    public String promise() {
        return promise;
    }
}
