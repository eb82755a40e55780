package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.DecisionEventEncoder;
import io.scrip.protocol.LegEventEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes events and hands them to the sink in order. Inside a chain they are held back until the chain has succeeded;
 * a failed chain's events were never there, and their sequences are used again.
 */
final class EventWriter {
    private final LedgerState state;
    private final EventSink sink;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LegEventEncoder leg = new LegEventEncoder();
    private final DecisionEventEncoder decided = new DecisionEventEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(8192);

    private boolean holding;
    private long firstHeldSequence;
    private int[] heldLengths = new int[64];
    private int heldCount;
    private int end;

    EventWriter(LedgerState state, EventSink sink) {
        this.state = state;
        this.sink = sink;
    }

    /** Writes the leg that is about to be posted; its sequence is {@code lastEventSequence + 1} before the call. */
    void writeLegHead(Decision decision, long idHigh, long idLow) {
        leg.wrapAndApplyHeader(buffer, end, header)
                .eventSequence(decision.eventSequence)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        leg.id().high(idHigh).low(idLow);
        Accounts accounts = state.accounts;
        leg.outcome(decision.outcome)
                .legIndex((short) 0)
                .legCount((short) 1)
                .scale((short) state.tokens.scale(accounts.tokenRow(decision.fromAccount)))
                .token(state.tokens.code(accounts.tokenRow(decision.fromAccount)))
                .amount(decision.amount)
                .from(Wallets.numberOf(accounts.walletRow(decision.fromAccount)))
                .to(Wallets.numberOf(accounts.walletRow(decision.toAccount)))
                .previousFromEvent(accounts.lastEvent(decision.fromAccount))
                .previousToEvent(accounts.lastEvent(decision.toAccount));
    }

    /** Completes the leg after the accounts were written. */
    void writeLegTail(Decision decision, DirectBuffer command, int offset, int length) {
        encodeBalances(leg.fromBalances(), state.accounts, decision.fromAccount);
        encodeBalances(leg.toBalances(), state.accounts, decision.toAccount);
        leg.putCommand(command, offset, length);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + leg.encodedLength());
    }

    void writeDecision(Decision decision, long idHigh, long idLow, DirectBuffer command, int offset, int length) {
        decided.wrapAndApplyHeader(buffer, end, header)
                .eventSequence(decision.eventSequence)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        decided.id().high(idHigh).low(idLow);
        decided.outcome(decision.outcome)
                .wallet(decision.wallet)
                .needed(decision.needed)
                .available(decision.available)
                .limitValue(decision.limit)
                .putCommand(command, offset, length);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + decided.encodedLength());
    }

    void hold() {
        holding = true;
        firstHeldSequence = state.lastEventSequence + 1;
    }

    void release() {
        holding = false;
        int position = 0;
        for (int i = 0; i < heldCount; i++) {
            sink.onEvent(firstHeldSequence + i, buffer, position, heldLengths[i]);
            position += heldLengths[i];
        }
        heldCount = 0;
        end = 0;
    }

    void drop() {
        holding = false;
        state.lastEventSequence = firstHeldSequence - 1;
        heldCount = 0;
        end = 0;
    }

    private void deliver(int length) {
        state.lastEventSequence++;
        if (!holding) {
            sink.onEvent(state.lastEventSequence, buffer, 0, length);
            return;
        }
        if (heldCount == heldLengths.length) {
            heldLengths = Arrays.copyOf(heldLengths, heldCount * 2);
        }
        heldLengths[heldCount++] = length;
        end += length;
    }

    static void encodeBalances(BalancesEncoder encoder, Accounts accounts, int row) {
        encoder.debitsPosted(accounts.debitsPosted(row))
                .creditsPosted(accounts.creditsPosted(row))
                .debitsPending(accounts.debitsPending(row))
                .creditsPending(accounts.creditsPending(row))
                .floor(accounts.floor(row))
                .ceiling(accounts.ceiling(row))
                .version(accounts.version(row))
                .staked(0);
    }
}
