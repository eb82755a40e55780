package io.scrip.ledger;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** What is being decided now, and what has been: filled by an operation, read by the event and reply writers. */
final class Decision {
    long sequence;
    long timestampNs;
    long idHigh;
    long idLow;
    DirectBuffer command;
    int commandOffset;
    int commandLength;

    Outcome outcome;
    boolean replayed;
    boolean dryRun;
    /** Event sequence of the first record of this decision. */
    long eventSequence;

    long wallet;
    long needed;
    long available;
    long limit;
    /** Of the rule of {@link #wallet} that refused. */
    SpendingWindow window;

    /** The movement: valid when {@link #hasMovement}. */
    final Party from;

    final Party to;
    final Party revenue;
    boolean hasMovement;
    long amount;
    long fee;
    FeePayer feePayer;
    int schedule;
    long expiresNs;
    long holdIdHigh;
    long holdIdLow;
    /** In which the numbers are, when the command names no token or several; 0 otherwise. */
    long token;

    int legIndex;
    int legCount;

    Decision(LedgerState state) {
        from = new Party(state);
        to = new Party(state);
        revenue = new Party(state);
    }

    void begin(long newSequence, long newTimestampNs) {
        sequence = newSequence;
        timestampNs = newTimestampNs;
        idHigh = 0;
        idLow = 0;
        command = null;
        commandLength = 0;
        outcome = Outcome.APPLIED;
        replayed = false;
        dryRun = false;
        eventSequence = 0;
        wallet = 0;
        needed = 0;
        available = 0;
        limit = 0;
        window = SpendingWindow.NONE;
        // A dry run leaves parties behind, and no byte of state may come from one.
        from.clear();
        to.clear();
        revenue.clear();
        hasMovement = false;
        amount = 0;
        fee = 0;
        feePayer = FeePayer.RECEIVER;
        schedule = Fees.NO_SCHEDULE;
        expiresNs = 0;
        holdIdHigh = 0;
        holdIdLow = 0;
        token = 0;
        legIndex = 0;
        legCount = 1;
    }

    void command(DirectBuffer buffer, int offset, int length) {
        command = buffer;
        commandOffset = offset;
        commandLength = length;
        idHigh = buffer.getLong(offset + MessageShape.ID_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        idLow = buffer.getLong(offset + MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Offset of the command's fixed block. */
    int block() {
        return commandOffset + MessageShape.HEADER_BYTES;
    }

    Outcome refuse(Outcome why) {
        outcome = why;
        hasMovement = false;
        return why;
    }

    Outcome refuse(Outcome why, long neededNow, long availableNow, long limitNow) {
        needed = neededNow;
        available = availableNow;
        limit = limitNow;
        return refuse(why);
    }

    /** Takes over another decision's refusal with its numbers. */
    void copyOutcome(Decision other) {
        refuse(other.outcome, other.needed, other.available, other.limit);
        wallet = other.wallet;
        window = other.window;
        token = other.token;
    }
}
