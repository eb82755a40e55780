package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.DecisionEventEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes events and hands them to the sink in order. While something is tried that may still fail (a chain, a command
 * of several legs), events are held back; those of what failed were never there, and their sequences are used again.
 */
final class EventWriter {
    private final LedgerState state;
    private final EventSink sink;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LegEventEncoder leg = new LegEventEncoder();
    private final DecisionEventEncoder decided = new DecisionEventEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8192);

    private int depth;
    private long firstHeldSequence;
    private int[] heldEnds = new int[64];
    private int heldCount;

    EventWriter(LedgerState state, EventSink sink) {
        this.state = state;
        this.sink = sink;
    }

    /** Begins a leg's record, before the accounts are written: it needs what came before. */
    void beginLeg(Decision decision, LegKind kind, int from, int to, long amount) {
        Accounts accounts = state.accounts;
        leg.wrapAndApplyHeader(buffer, end(), header)
                .eventSequence(state.lastEventSequence + 1)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        leg.id().high(decision.idHigh).low(decision.idLow);
        leg.outcome(decision.outcome)
                .kind(kind)
                .legIndex((short) decision.legIndex)
                .legCount((short) decision.legCount)
                .scale((short) state.tokens.scale(accounts.tokenRow(from)))
                .token(state.tokens.code(accounts.tokenRow(from)))
                .amount(amount)
                .from(Wallets.numberOf(accounts.walletRow(from)))
                .to(Wallets.numberOf(accounts.walletRow(to)))
                .fromAccount(accounts.code(from))
                .toAccount(accounts.code(to))
                .previousFromEvent(accounts.lastEvent(from))
                .previousToEvent(accounts.lastEvent(to))
                .fee(decision.legIndex == 0 ? decision.fee : 0)
                .feePayer(decision.feePayer)
                .expiresAt(decision.expiresNs);
        leg.holdId().high(decision.holdIdHigh).low(decision.holdIdLow);
    }

    /** Ends the leg's record, after the accounts were written. The command stands in the first leg only. */
    void endLeg(Decision decision, int from, int to, LotPieces pieces) {
        encodeBalances(leg.fromBalances(), state, from);
        encodeBalances(leg.toBalances(), state, to);
        int count = pieces.hasLots() ? pieces.count() : 0;
        LegEventEncoder.LotsEncoder lots = leg.lotsCount(count);
        for (int i = 0; i < count; i++) {
            LotTerms terms = pieces.terms(i);
            lots.next()
                    .amount(pieces.amount(i))
                    .terms()
                    .category(terms.category)
                    .priority((short) terms.priority)
                    .effectiveAt(terms.effectiveNs)
                    .expiresAt(terms.expiresNs)
                    .convertibleFrom(terms.convertibleFromNs);
        }
        if (decision.legIndex == 0 && decision.commandLength > 0) {
            leg.putCommand(decision.command, decision.commandOffset, decision.commandLength);
        } else {
            leg.putCommand(buffer, 0, 0);
        }
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength());
    }

    void writeDecision(Decision decision) {
        decided.wrapAndApplyHeader(buffer, end(), header)
                .eventSequence(state.lastEventSequence + 1)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        decided.id().high(decision.idHigh).low(decision.idLow);
        decided.outcome(decision.outcome)
                .wallet(decision.wallet)
                .needed(decision.needed)
                .available(decision.available)
                .limitValue(decision.limit)
                .window(decision.window)
                .token(decision.token)
                .expiresAt(decision.outcome == Outcome.APPLIED ? decision.expiresNs : 0)
                .putCommand(decision.command, decision.commandOffset, decision.commandLength);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + decided.encodedLength());
    }

    /** Holds events back from now on; may be nested. Returns the mark to drop back to. */
    int hold() {
        if (depth == 0) {
            firstHeldSequence = state.lastEventSequence + 1;
        }
        depth++;
        return heldCount;
    }

    void release() {
        depth--;
        if (depth > 0) {
            return;
        }
        int start = 0;
        for (int i = 0; i < heldCount; i++) {
            sink.onEvent(firstHeldSequence + i, buffer, start, heldEnds[i] - start);
            start = heldEnds[i];
        }
        heldCount = 0;
    }

    void drop(int mark) {
        depth--;
        heldCount = mark;
        state.lastEventSequence = firstHeldSequence + mark - 1;
    }

    private int end() {
        return heldCount == 0 ? 0 : heldEnds[heldCount - 1];
    }

    private void deliver(int length) {
        state.lastEventSequence++;
        if (depth == 0) {
            sink.onEvent(state.lastEventSequence, buffer, 0, length);
            return;
        }
        if (heldCount == heldEnds.length) {
            heldEnds = Arrays.copyOf(heldEnds, heldCount * 2);
        }
        heldEnds[heldCount] = end() + length;
        heldCount++;
    }

    static void encodeBalances(BalancesEncoder encoder, LedgerState state, int row) {
        state.accounts.encode(row, encoder);
        encoder.staked(state.staked(row)).withheld(state.accounts.withheld(row));
    }
}
