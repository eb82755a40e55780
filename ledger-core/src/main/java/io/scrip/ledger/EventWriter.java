package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.DecisionEventEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes events and hands them to the sink in order. While something is tried that may still fail (a chain, a command
 * of several legs), events are held back; those of what failed were never there, and their sequences are used again.
 */
final class EventWriter {
    private static final int INITIAL_BYTES = 8192;

    private final LedgerState state;
    private final EventSink sink;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LegEventEncoder leg = new LegEventEncoder();
    private final DecisionEventEncoder decided = new DecisionEventEncoder();
    private byte[] bytes = new byte[INITIAL_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

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
        reserve(LegRecord.FIXED_BYTES);
        LegRecord.begin(bytes, end(), state, decision, kind, from, to, amount);
    }

    /** Ends the leg's record, after the accounts were written. The command stands in the first leg only. */
    void endLeg(Decision decision, int from, int to, LotPieces pieces) {
        int start = end();
        LegRecord.end(bytes, start, state, from, to);
        int commandLength = decision.legIndex == 0 ? decision.commandLength : 0;
        if (pieces.hasLots()) {
            endLegOfLots(decision, pieces, commandLength);
            return;
        }
        reserve(LegRecord.FIXED_BYTES + LegRecord.PLAIN_BYTES + commandLength);
        int commandAt = LegRecord.endPlain(bytes, start, commandLength);
        if (commandLength > 0) {
            decision.command.getBytes(decision.commandOffset, bytes, commandAt, commandLength);
        }
        deliver(commandAt + commandLength - start);
    }

    private void endLegOfLots(Decision decision, LotPieces pieces, int commandLength) {
        int count = pieces.count();
        reserve(LegRecord.FIXED_BYTES
                + LegRecord.PLAIN_BYTES
                + count * LegEventEncoder.LotsEncoder.sbeBlockLength()
                + commandLength);
        leg.wrap(buffer, end() + MessageHeaderEncoder.ENCODED_LENGTH);
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
        if (commandLength > 0) {
            leg.putCommand(decision.command, decision.commandOffset, commandLength);
        } else {
            leg.putCommand(buffer, 0, 0);
        }
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength());
    }

    void writeDecision(Decision decision) {
        reserve(MessageHeaderEncoder.ENCODED_LENGTH
                + DecisionEventEncoder.BLOCK_LENGTH
                + DecisionEventEncoder.commandHeaderLength()
                + decision.commandLength);
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

    /** Room for so many bytes behind what is held back. */
    private void reserve(int length) {
        int wanted = end() + length;
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            buffer.wrap(bytes);
        }
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
