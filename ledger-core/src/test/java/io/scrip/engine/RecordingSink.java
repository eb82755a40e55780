package io.scrip.engine;

import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RefusalCause;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps every reply, and how far the journal was durable when it came. */
final class RecordingSink implements ReplySink {
    record Reply(long correlationId, DirectBuffer message, long forcedSequence) {
        int templateId() {
            return new MessageHeaderDecoder().wrap(message, 0).templateId();
        }

        CommandReplyDecoder command() {
            return new CommandReplyDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        }

        Outcome outcome() {
            return command().outcome();
        }

        RefusalCause refusalCause() {
            return new NotAcceptedDecoder()
                    .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                    .cause();
        }
    }

    private final FakeJournal journal;
    private final List<Reply> replies = new ArrayList<>();
    private int flushed;

    RecordingSink(FakeJournal journal) {
        this.journal = journal;
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        byte[] bytes = new byte[length];
        reply.getBytes(offset, bytes);
        journal.note("reply " + correlationId);
        synchronized (replies) {
            replies.add(new Reply(correlationId, new UnsafeBuffer(bytes), journal.forcedSequence));
        }
    }

    @Override
    public void onBatchEnd() {
        synchronized (replies) {
            flushed = replies.size();
        }
    }

    int count() {
        synchronized (replies) {
            return replies.size();
        }
    }

    /** All replies so far, once at least that many have come and been flushed. */
    List<Reply> await(int wanted) {
        Eventually.until(wanted + " replies, but only " + count() + " at first", () -> {
            synchronized (replies) {
                return flushed >= wanted;
            }
        });
        synchronized (replies) {
            return List.copyOf(replies);
        }
    }
}
