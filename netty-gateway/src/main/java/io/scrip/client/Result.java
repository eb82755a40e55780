package io.scrip.client;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.Outcome;

/**
 * The outcome of one command: applied, or refused and why. Immutable. Amounts in the token's smallest unit, times in
 * nanoseconds since 1970 UTC.
 *
 * @param outcome       {@link Outcome#APPLIED}, or why it was refused
 * @param replayed      decided by an earlier request with this id
 * @param sequence      of the command in the journal
 * @param timestampNs   when it was decided
 * @param eventSequence of its first event; 0: nothing was remembered
 * @param amount        moved or reserved
 * @param fee           charged
 * @param expiresAtNs   of a hold; 0: none
 * @param needed        of a refusal: how much it would have taken
 * @param available     of a refusal: how much there is
 * @param limit         of a refusal: the limit
 * @param wallet        of a refusal by a rule: whose rule it is; 0: none
 * @param from          the payer's account afterwards; {@code null}: not told, as in batches
 */
public record Result(
        Outcome outcome,
        boolean replayed,
        long sequence,
        long timestampNs,
        long eventSequence,
        long amount,
        long fee,
        long expiresAtNs,
        long needed,
        long available,
        long limit,
        long wallet,
        Balance from) {

    /** Whether it was applied. */
    public boolean isApplied() {
        return outcome == Outcome.APPLIED;
    }

    /** What an account holds. */
    public record Balance(long posted, long pendingOut, long pendingIn, long version) {
        static Balance of(BalancesDecoder balances) {
            return new Balance(
                    balances.creditsPosted() - balances.debitsPosted(),
                    balances.debitsPending(),
                    balances.creditsPending(),
                    balances.version());
        }
    }

    static Result of(CommandReplyDecoder reply) {
        return new Result(
                reply.outcome(),
                reply.flags().replayed(),
                reply.sequence(),
                reply.timestamp(),
                reply.eventSequence(),
                reply.amount(),
                reply.fee(),
                reply.expiresAt(),
                reply.needed(),
                reply.available(),
                reply.limitValue(),
                reply.wallet(),
                reply.fromBalances().version() == 0 ? null : Balance.of(reply.fromBalances()));
    }

    static Result of(BatchReplyDecoder reply, BatchReplyDecoder.ResultsDecoder result) {
        return new Result(
                result.outcome(),
                result.flags().replayed(),
                reply.sequence(),
                reply.timestamp(),
                result.eventSequence(),
                result.amount(),
                result.fee(),
                result.expiresAt(),
                result.needed(),
                result.available(),
                result.limitValue(),
                result.wallet(),
                null);
    }
}
