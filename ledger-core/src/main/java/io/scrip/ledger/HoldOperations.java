package io.scrip.ledger;

import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.VoidHoldDecoder;

/**
 * What becomes of a hold. Either side may post it (the payer pays early, the payee collects what was promised), only
 * the payee may void it (otherwise the promise were worth nothing), only the payer may extend it. To anybody else the
 * hold does not exist. Each hold is resolved once; a hold whose time has come is expired before any of this looks.
 */
final class HoldOperations {
    private final LedgerState state;
    private final Posting posting;
    private final PostHoldDecoder postHold = new PostHoldDecoder();
    private final VoidHoldDecoder voidHold = new VoidHoldDecoder();
    private final ExtendHoldDecoder extendHold = new ExtendHoldDecoder();

    HoldOperations(LedgerState state, Posting posting) {
        this.state = state;
        this.posting = posting;
    }

    Outcome post(Decision decision) {
        postHold.wrap(decision.command, decision.block(), PostHoldDecoder.BLOCK_LENGTH, PostHoldDecoder.SCHEMA_VERSION);
        if (postHold.amount() < 0) {
            return decision.refuse(Outcome.AMOUNT_NOT_POSITIVE);
        }
        int hold = state.holds.find(postHold.holdId().high(), postHold.holdId().low());
        Role role = postHold.caller().role();
        long caller = postHold.caller().wallet();
        if (hold < 0 || !(isSystem(role) || isPayer(role, caller, hold) || isPayee(role, caller, hold))) {
            return decision.refuse(Outcome.UNKNOWN_HOLD);
        }
        decision.token = tokenOf(hold);
        boolean pending = state.holds.status(hold) == HoldStatus.PENDING;
        long left = state.holds.left(hold);
        long amount = postHold.amount() == 0 ? left : postHold.amount();
        if (amount > (pending ? left : state.holds.amount(hold))) {
            return decision.refuse(Outcome.EXCEEDS_HOLD, amount, pending ? left : 0, state.holds.amount(hold));
        }
        if (!pending) {
            return decision.refuse(resolvedAs(hold));
        }
        posting.fill(decision, hold, amount);
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        long fee = posting.captureFee(hold, amount);
        if (decision.feePayer == FeePayer.RECEIVER
                && fee > 0
                && posting.checkCaptureFee(decision, fee) != Outcome.APPLIED) {
            return decision.outcome;
        }
        if (isPayer(role, caller, hold) && posting.spending.checkKilled(decision, amount) != Outcome.APPLIED) {
            return decision.outcome;
        }
        decision.fee = fee;
        // From here on it must succeed.
        posting.capture(decision, hold, postHold.flags().finalCapture());
        return Outcome.APPLIED;
    }

    Outcome voidHold(Decision decision) {
        voidHold.wrap(decision.command, decision.block(), VoidHoldDecoder.BLOCK_LENGTH, VoidHoldDecoder.SCHEMA_VERSION);
        int hold = state.holds.find(voidHold.holdId().high(), voidHold.holdId().low());
        Role role = voidHold.caller().role();
        long caller = voidHold.caller().wallet();
        boolean party = hold >= 0 && (isPayer(role, caller, hold) || isPayee(role, caller, hold));
        if (hold < 0 || !(party || role == Role.OPERATOR || isSystem(role))) {
            return decision.refuse(Outcome.UNKNOWN_HOLD);
        }
        decision.token = tokenOf(hold);
        if (state.holds.status(hold) != HoldStatus.PENDING) {
            return decision.refuse(resolvedAs(hold));
        }
        if (isPayer(role, caller, hold) && !isPayee(role, caller, hold)) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        posting.fill(decision, hold, state.holds.left(hold));
        posting.release(decision, hold, HoldStatus.VOIDED);
        return Outcome.APPLIED;
    }

    Outcome extend(Decision decision) {
        extendHold.wrap(
                decision.command, decision.block(), ExtendHoldDecoder.BLOCK_LENGTH, ExtendHoldDecoder.SCHEMA_VERSION);
        if (extendHold.timeoutNs() <= 0 || extendHold.timeoutNs() > TransferOperation.MAX_TIMEOUT_NS) {
            return decision.refuse(Outcome.BAD_TIMEOUT, extendHold.timeoutNs(), 0, TransferOperation.MAX_TIMEOUT_NS);
        }
        int hold =
                state.holds.find(extendHold.holdId().high(), extendHold.holdId().low());
        Role role = extendHold.caller().role();
        long caller = extendHold.caller().wallet();
        if (hold < 0 || !(isSystem(role) || isPayer(role, caller, hold) || isPayee(role, caller, hold))) {
            return decision.refuse(Outcome.UNKNOWN_HOLD);
        }
        decision.token = tokenOf(hold);
        if (state.holds.status(hold) != HoldStatus.PENDING) {
            return decision.refuse(resolvedAs(hold));
        }
        posting.fill(decision, hold, 0);
        if (Standing.check(decision) != Outcome.APPLIED) {
            return decision.outcome;
        }
        if (!isSystem(role) && !isPayer(role, caller, hold)) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        decision.expiresNs = Math.max(
                state.holds.expiresNs(hold), TransferOperation.after(decision.timestampNs, extendHold.timeoutNs()));
        state.holds.extend(hold, decision.expiresNs);
        return Outcome.APPLIED;
    }

    /** Expires a hold whose time has come. */
    void expire(Decision decision, int hold) {
        decision.begin(decision.sequence, decision.timestampNs);
        decision.idHigh = state.holds.idHigh(hold);
        decision.idLow = state.holds.idLow(hold);
        posting.fill(decision, hold, state.holds.left(hold));
        posting.release(decision, hold, HoldStatus.EXPIRED);
    }

    private Outcome resolvedAs(int hold) {
        return switch (state.holds.status(hold)) {
            case POSTED -> Outcome.HOLD_POSTED;
            case VOIDED -> Outcome.HOLD_VOIDED;
            case EXPIRED -> Outcome.HOLD_EXPIRED;
            default -> throw new LedgerFault("a hold that is neither pending nor resolved");
        };
    }

    private long tokenOf(int hold) {
        return state.tokens.code(state.accounts.tokenRow(state.holds.from(hold)));
    }

    private static boolean isSystem(Role role) {
        return role == Role.SYSTEM;
    }

    private boolean isPayer(Role role, long caller, int hold) {
        return role == Role.WALLET && caller == Wallets.numberOf(state.accounts.walletRow(state.holds.from(hold)));
    }

    private boolean isPayee(Role role, long caller, int hold) {
        return role == Role.WALLET && caller == Wallets.numberOf(state.accounts.walletRow(state.holds.to(hold)));
    }
}
