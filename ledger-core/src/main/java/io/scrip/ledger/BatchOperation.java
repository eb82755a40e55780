package io.scrip.ledger;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.Outcome;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Decides the items of a batch in order. Items linked to the next form a chain: all of it is applied or none. A chain
 * that fails is taken back and decided again, so that each item is remembered with what it is: the one that failed
 * with its own outcome, the others as {@code LINKED_FAILED}.
 */
final class BatchOperation {
    private static final int FIRST_ITEM_OFFSET =
            MessageShape.HEADER_BYTES + BatchDecoder.BLOCK_LENGTH + BatchDecoder.ItemsDecoder.sbeHeaderSize();
    private static final int COUNT_OFFSET = MessageShape.HEADER_BYTES + BatchDecoder.BLOCK_LENGTH + 2;
    private static final int ITEM_BYTES = BatchDecoder.ItemsDecoder.sbeBlockLength();
    private static final int ITEM_HEADER_BYTES = ITEM_BYTES + BatchDecoder.ItemsDecoder.commandHeaderLength();
    private static final int LINKED = 1;

    private final LedgerState state;
    private final EventWriter events;
    private final Decider decider;
    private final Foresight foresight;
    private final BatchResults results = new BatchResults();
    /** What made the current chain fail. */
    private final Decision failure;

    BatchOperation(LedgerState state, EventWriter events, Decider decider, Foresight foresight) {
        this.state = state;
        this.events = events;
        this.decider = decider;
        this.foresight = foresight;
        failure = new Decision(state);
    }

    BatchResults results() {
        return results;
    }

    void apply(DirectBuffer buffer, int offset, Decision decision) {
        long sequence = decision.sequence;
        long timestampNs = decision.timestampNs;
        int count = buffer.getShort(offset + COUNT_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        int position = offset + FIRST_ITEM_OFFSET;
        results.clear();
        int item = 0;
        int foreseen = 0;
        while (item < count) {
            if (item >= foreseen) {
                foreseen = Math.min(item + LedgerProcessor.FORESEEN_TOGETHER, count);
                foresee(buffer, position, foreseen - item);
            }
            if (!isLinked(buffer, position)) {
                decision.begin(sequence, timestampNs);
                decide(buffer, position, decision);
                position = next(buffer, position);
                item++;
                continue;
            }
            int items = chainLength(buffer, position, count - item);
            position = applyChain(buffer, position, items, item + items == count, decision);
            item += items;
        }
        decision.begin(sequence, timestampNs);
    }

    private void foresee(DirectBuffer buffer, int first, int items) {
        int position = first;
        for (int i = 0; i < items; i++) {
            foresight.note(buffer, position + ITEM_HEADER_BYTES, commandBytes(buffer, position));
            position = next(buffer, position);
        }
        foresight.look();
    }

    /** What an item gives back may have expired while it was held; that is kept before the next item is looked at. */
    private void decide(DirectBuffer buffer, int position, Decision decision) {
        decider.decide(buffer, position + ITEM_HEADER_BYTES, commandBytes(buffer, position), decision);
        results.add(decision);
        decider.keepDeadlines(decision.sequence, decision.timestampNs);
    }

    /** Linked items and the first that is not, as far as the batch goes. */
    private static int chainLength(DirectBuffer buffer, int first, int left) {
        int position = first;
        int items = 1;
        while (items < left && isLinked(buffer, position)) {
            position = next(buffer, position);
            items++;
        }
        return items;
    }

    /** Decides one chain; the position after it. */
    private int applyChain(DirectBuffer buffer, int first, int items, boolean atEnd, Decision decision) {
        int firstResult = results.count();
        if (atEnd && isOpen(buffer, first, items)) {
            failure.begin(decision.sequence, decision.timestampNs);
            failure.refuse(Outcome.CHAIN_OPEN);
            return failChain(buffer, first, items, items - 1, decision);
        }
        int undoMark = state.undo.begin();
        int eventMark = events.hold();
        int position = first;
        for (int i = 0; i < items; i++) {
            decision.begin(decision.sequence, decision.timestampNs);
            decide(buffer, position, decision);
            position = next(buffer, position);
            if (decision.outcome != Outcome.APPLIED) {
                failure.copyOutcome(decision);
                state.undo.rollback(undoMark);
                events.drop(eventMark);
                takeBack(buffer, first, firstResult);
                return failChain(buffer, first, items, i, decision);
            }
        }
        state.undo.commit();
        events.release();
        return position;
    }

    /** Takes back what undoing tables and events leaves: the remembered ids and the results. */
    private void takeBack(DirectBuffer buffer, int first, int firstResult) {
        int position = first;
        for (int i = firstResult; i < results.count(); i++) {
            boolean remembered = results.eventSequence(i) > state.lastEventSequence;
            if (remembered && !results.isReplayed(i) && results.outcome(i) != Outcome.IDEMPOTENCY_CONFLICT) {
                int command = position + ITEM_HEADER_BYTES;
                state.ids.forget(
                        buffer.getLong(command + MessageShape.ID_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN),
                        buffer.getLong(command + MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN));
            }
            position = next(buffer, position);
        }
        results.truncate(firstResult);
    }

    private int failChain(DirectBuffer buffer, int first, int items, int failed, Decision decision) {
        int position = first;
        for (int i = 0; i < items; i++) {
            decision.begin(decision.sequence, decision.timestampNs);
            if (i == failed) {
                decision.copyOutcome(failure);
            } else {
                decision.refuse(Outcome.LINKED_FAILED);
            }
            decider.decideRefused(buffer, position + ITEM_HEADER_BYTES, commandBytes(buffer, position), decision);
            results.add(decision);
            position = next(buffer, position);
        }
        return position;
    }

    private static boolean isOpen(DirectBuffer buffer, int first, int items) {
        int position = first;
        for (int i = 1; i < items; i++) {
            position = next(buffer, position);
        }
        return isLinked(buffer, position);
    }

    private static boolean isLinked(DirectBuffer buffer, int position) {
        return (buffer.getByte(position) & LINKED) != 0;
    }

    private static int commandBytes(DirectBuffer buffer, int position) {
        return buffer.getInt(position + ITEM_BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private static int next(DirectBuffer buffer, int position) {
        return position + ITEM_HEADER_BYTES + commandBytes(buffer, position);
    }
}
