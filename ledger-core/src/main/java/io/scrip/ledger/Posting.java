package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** The last checks and the writes of a single movement, shared by every operation that moves value. */
final class Posting {
    private final LedgerState state;
    private final EventWriter events;

    Posting(LedgerState state, EventWriter events) {
        this.state = state;
        this.events = events;
    }

    /** Clamp, overflow, floor, ceiling. Fills the decision with the movement when it is possible. */
    Outcome check(int from, int to, long amount, Decision decision) {
        Accounts accounts = state.accounts;
        if (amount <= 0) {
            return decision.refuse(Outcome.NOTHING_AVAILABLE, 1, accounts.available(from), 0);
        }
        if (accounts.debitOverflows(from, amount) || accounts.creditOverflows(to, amount)) {
            return decision.refuse(Outcome.OVERFLOW, amount, 0, Long.MAX_VALUE);
        }
        long available = accounts.available(from);
        if (available < amount) {
            return decision.refuse(Outcome.INSUFFICIENT_FUNDS, amount, available, accounts.floor(from));
        }
        long room = accounts.room(to);
        if (room < amount) {
            return decision.refuse(Outcome.CEILING_EXCEEDED, amount, room, accounts.ceiling(to));
        }
        decision.amount = amount;
        decision.fromAccount = from;
        decision.toAccount = to;
        return Outcome.APPLIED;
    }

    /** Writes the movement and its event, opening the credited account on its first touch. Cannot fail. */
    void post(Decision decision, int toWallet, int token, DirectBuffer command, int offset, int length) {
        if (decision.toAccount == Accounts.UNTOUCHED) {
            decision.toAccount = state.openAccount(toWallet, token, Accounts.MAIN, 0);
        }
        long idHigh = command.getLong(offset + MessageShape.ID_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        long idLow = command.getLong(offset + MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN);
        decision.eventSequence = state.lastEventSequence + 1;
        events.writeLegHead(decision, idHigh, idLow);
        state.accounts.move(decision.fromAccount, decision.toAccount, decision.amount, decision.eventSequence);
        events.writeLegTail(decision, command, offset, length);
    }
}
