package io.scrip.testkit.model;

import io.scrip.protocol.FeePayer;
import java.math.BigInteger;

/** What one command of the model is about to move, and what its legs and its answer say of it. */
final class Movement {
    final Id id;
    final int commandBytes;

    /** First event of the decision. */
    long event;

    AccountKey from;
    AccountKey to;
    BigInteger amount = BigInteger.ZERO;
    BigInteger fee = BigInteger.ZERO;
    FeePayer feePayer = FeePayer.RECEIVER;
    FeeSchedule schedule;
    AccountKey revenue;
    boolean reserves;
    long expiresNs;
    Id holdId = Id.NONE;
    /** Opened, or whose rules are to be set. */
    long wallet;
    /** Of the hold that the command is about. */
    long token;

    boolean moves;
    boolean dryRun;
    int legIndex;
    int legCount = 1;

    Movement(Id id, int commandBytes) {
        this.id = id;
        this.commandBytes = commandBytes;
    }

    boolean isFeePaidBySender() {
        return schedule != null && schedule.isPaidBySender();
    }

    /** What the payer is debited: the amount, and the fee if it pays that. */
    BigInteger debit() {
        return isFeePaidBySender() ? amount.add(fee) : amount;
    }

    /** Takes over what a hold says of itself. */
    void of(NaiveHold hold, BigInteger part) {
        from = hold.from();
        to = hold.to();
        amount = part;
        schedule = hold.schedule();
        revenue = hold.revenue();
        feePayer = schedule == null ? FeePayer.RECEIVER : schedule.payer();
        expiresNs = hold.expiresNs();
        holdId = hold.id();
        moves = true;
    }
}
