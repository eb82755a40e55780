package io.scrip.engine;

import com.lmax.disruptor.EventHandler;
import io.scrip.ledger.MessageShape;

/**
 * First stage: gives every state-changing command its sequence and timestamp, appends it, and makes the batch durable
 * before anybody downstream can see any of it. The only place that reads a clock.
 */
final class Journaller implements EventHandler<CommandSlot> {
    private final Journal journal;
    private final Clock clock;
    private volatile boolean readOnly;
    private boolean appended;

    Journaller(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        if (!slot.isEmpty() && slot.isJournaled()) {
            append(slot);
        }
        if (!endOfBatch) {
            return;
        }
        if (appended) {
            journal.force();
            appended = false;
        } else if (readOnly) {
            // Queries may come without a pause, and then there is no idle moment to look for room in.
            lookForRoom();
        }
    }

    private void append(CommandSlot slot) {
        if (!canAppend(slot.length())) {
            readOnly = true;
            slot.refused = true;
            return;
        }
        readOnly = false;
        slot.sequence = journal.lastSequence() + 1;
        slot.timestampNs = Math.max(clock.nowNs(), journal.lastTimestampNs() + 1);
        journal.append(slot.sequence, slot.timestampNs, slot.buffer(), 0, slot.length());
        appended = true;
    }

    /** Lets the journal close the gap behind its last record, and looks whether there is room again. */
    @Override
    public void onTimeout(long ringSequence) {
        journal.onIdle();
        if (readOnly) {
            lookForRoom();
        }
    }

    private void lookForRoom() {
        if (canAppend(MessageShape.MAX_MESSAGE_BYTES)) {
            readOnly = false;
        }
    }

    /** Room on the device, and in time: no record can be later than the last nanosecond there is. */
    private boolean canAppend(int lengthBytes) {
        return journal.lastTimestampNs() < Long.MAX_VALUE && journal.hasRoom(lengthBytes);
    }

    boolean isReadOnly() {
        return readOnly;
    }
}
