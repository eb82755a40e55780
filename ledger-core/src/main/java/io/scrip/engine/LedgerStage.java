package io.scrip.engine;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.NotAcceptedEncoder;
import io.scrip.protocol.RefusalCause;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Second stage: applies durable commands, answers queries, and sends the replies and the news of the batch. */
final class LedgerStage implements EventHandler<CommandSlot>, CommandReplySink {
    private final RingBuffer<CommandSlot> ring;
    private final LedgerProcessor processor;
    private final EventListener eventListener;
    private final ReplyPublisher publisher = new ReplyPublisher();
    private final UnsafeBuffer notAccepted = new UnsafeBuffer(new byte[64]);
    private final int notAcceptedBytes;
    private CommandSlot current;
    private long announcedEvent;
    private volatile long visibleSequence;
    private volatile long visibleEvent;
    private volatile long nextDeadlineNs;
    private volatile boolean checkpointWanted;
    private volatile Checkpoint checkpoint;
    private long checkpoints;
    private long slotsLeft;
    private long slotsForeseen;

    LedgerStage(RingBuffer<CommandSlot> ring, LedgerProcessor processor, EventListener eventListener) {
        this.ring = ring;
        this.processor = processor;
        this.eventListener = eventListener;
        announcedEvent = processor.lastEventSequence();
        visibleEvent = announcedEvent;
        visibleSequence = processor.lastSequence();
        nextDeadlineNs = processor.nextDeadlineNs();
        NotAcceptedEncoder encoder = new NotAcceptedEncoder()
                .wrapAndApplyHeader(notAccepted, 0, new MessageHeaderEncoder())
                .cause(RefusalCause.READ_ONLY);
        notAcceptedBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    @Override
    public void onBatchStart(long batchSize, long queueDepth) {
        slotsLeft = batchSize;
        slotsForeseen = 0;
    }

    @Override
    public void onEvent(CommandSlot slot, long ringSequence, boolean endOfBatch) {
        if (slotsForeseen == 0) {
            slotsForeseen = Math.min(slotsLeft, LedgerProcessor.FORESEEN_TOGETHER);
            foresee(ringSequence, slotsForeseen);
        }
        slotsForeseen--;
        slotsLeft--;
        if (!slot.isEmpty()) {
            answer(slot);
        }
        slot.clear();
        if (endOfBatch) {
            finishBatch();
        }
    }

    private void foresee(long firstRingSequence, long slots) {
        for (long at = firstRingSequence; slots > 1 && at < firstRingSequence + slots; at++) {
            CommandSlot slot = ring.get(at);
            if (!slot.isEmpty()) {
                processor.foresee(slot.buffer(), 0, slot.length());
            }
        }
    }

    private void answer(CommandSlot slot) {
        current = slot;
        if (slot.refused) {
            onReply(notAccepted, 0, notAcceptedBytes);
        } else if (slot.sequence != 0) {
            processor.onCommand(slot.sequence, slot.timestampNs, slot.buffer(), 0, slot.length(), this);
        } else {
            processor.onQuery(slot.buffer(), 0, slot.length(), this);
        }
    }

    @Override
    public void onReply(DirectBuffer reply, int offset, int length) {
        publisher.publish(current.sink(), current.correlationId(), reply, offset, length);
    }

    private void finishBatch() {
        long lastEvent = processor.lastEventSequence();
        visibleSequence = processor.lastSequence();
        visibleEvent = lastEvent;
        nextDeadlineNs = processor.nextDeadlineNs();
        // After the lines above: who reads the answer to a command finds its event.
        publisher.endOfBatch();
        if (lastEvent != announcedEvent) {
            announcedEvent = lastEvent;
            eventListener.onEventsVisible(lastEvent);
        }
        tellCheckpoint();
    }

    @Override
    public void onTimeout(long ringSequence) {
        tellCheckpoint();
    }

    private void tellCheckpoint() {
        if (checkpointWanted) {
            checkpointWanted = false;
            checkpoint = new Checkpoint(++checkpoints, processor.lastSequence(), processor.stateHash());
        }
    }

    void requestCheckpoint() {
        checkpointWanted = true;
    }

    Checkpoint checkpoint() {
        return checkpoint;
    }

    long visibleSequence() {
        return visibleSequence;
    }

    long visibleEvent() {
        return visibleEvent;
    }

    long nextDeadlineNs() {
        return nextDeadlineNs;
    }
}
