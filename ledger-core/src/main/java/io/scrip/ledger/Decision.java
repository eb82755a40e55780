package io.scrip.ledger;

import io.scrip.protocol.Outcome;

/** What is being decided now, and what has been: filled by an operation, read by the event and reply writers. */
final class Decision {
    long sequence;
    long timestampNs;

    Outcome outcome;
    boolean replayed;
    boolean dryRun;
    long eventSequence;
    long wallet;
    long amount;
    long needed;
    long available;
    long limit;
    /** Accounts of the movement; -1 when nothing moved. */
    int fromAccount;

    int toAccount;

    void begin(long sequence, long timestampNs) {
        this.sequence = sequence;
        this.timestampNs = timestampNs;
        outcome = Outcome.APPLIED;
        replayed = false;
        dryRun = false;
        eventSequence = 0;
        wallet = 0;
        amount = 0;
        needed = 0;
        available = 0;
        limit = 0;
        fromAccount = -1;
        toAccount = -1;
    }

    Outcome refuse(Outcome why) {
        outcome = why;
        return why;
    }

    Outcome refuse(Outcome why, long needed, long available, long limit) {
        this.needed = needed;
        this.available = available;
        this.limit = limit;
        outcome = why;
        return why;
    }

    /** Takes over another decision's refusal with its numbers. */
    void copyOutcome(Decision other) {
        outcome = other.outcome;
        needed = other.needed;
        available = other.available;
        limit = other.limit;
        wallet = other.wallet;
    }
}
