package io.scrip.testkit;

import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Outcome;

/** A reply to a command as both sides give it. Fee payer and expiry are told of what was applied now, else empty. */
record Answer(
        Outcome outcome,
        boolean replayed,
        boolean dryRun,
        long eventSequence,
        long wallet,
        long amount,
        long fee,
        FeePayer feePayer,
        long expiresAt,
        long needed,
        long available,
        long limit,
        Balances from,
        Balances to) {

    static Answer of(CommandReplyDecoder reply) {
        boolean applied = reply.outcome() == Outcome.APPLIED && !reply.flags().replayed();
        return new Answer(
                reply.outcome(),
                reply.flags().replayed(),
                reply.flags().dryRun(),
                reply.eventSequence(),
                reply.wallet(),
                reply.amount(),
                reply.fee(),
                applied ? reply.feePayer() : FeePayer.RECEIVER,
                applied ? reply.expiresAt() : 0,
                reply.needed(),
                reply.available(),
                reply.limitValue(),
                Balances.of(reply.fromBalances()),
                Balances.of(reply.toBalances()));
    }

    /** What a batch's answer tells of an item. */
    Answer asItem() {
        return new Answer(
                outcome,
                replayed,
                false,
                eventSequence,
                0,
                amount,
                0,
                FeePayer.RECEIVER,
                0,
                needed,
                available,
                limit,
                Balances.NONE,
                Balances.NONE);
    }
}
