package io.scrip.gateway.binary;

import io.scrip.gateway.history.StoredOutcome;
import io.scrip.gateway.request.CommandBuffer;
import io.scrip.gateway.request.ReverseCommand;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SpendingWindow;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives a movement back: the command has to say all of the original, which only the event log knows. Asks the core
 * where the original's outcome stands, reads it there, and then offers the whole command. When the original's id is
 * forgotten, the command's own is tried: decided before, its record tells the same. One instance belongs to one loop.
 */
final class ReverseFlow {
    private final BinaryLoop loop;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ReverseDecoder sent = new ReverseDecoder();
    private final CommandBuffer command = new CommandBuffer();
    private final UnsafeBuffer query =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + GetOutcomeEncoder.BLOCK_LENGTH]);

    ReverseFlow(BinaryLoop loop) {
        this.loop = loop;
    }

    /** What a Reverse is offered as at first: the question where its original stands. */
    UnsafeBuffer question(Request request) {
        sent.wrapAndApplyHeader(request.message, 0, header);
        return question(request, sent.originalId().high(), sent.originalId().low());
    }

    private UnsafeBuffer question(Request request, long high, long low) {
        GetOutcomeEncoder get = new GetOutcomeEncoder().wrapAndApplyHeader(query, 0, new MessageHeaderEncoder());
        get.id().high(high).low(low);
        get.caller().role(request.viewer.role()).wallet(request.viewer.wallet());
        return query;
    }

    /** The original is there, or not. */
    void onOriginal(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        long eventSequence = eventSequence(reply, offset);
        if (eventSequence != 0) {
            read(request, eventSequence);
            return;
        }
        sent.wrapAndApplyHeader(request.message, 0, header);
        UnsafeBuffer own = question(request, sent.id().high(), sent.id().low());
        request.step = this::onOwn;
        loop.offer(request, own, 0, own.capacity());
    }

    private void onOwn(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        long eventSequence = eventSequence(reply, offset);
        if (eventSequence != 0) {
            read(request, eventSequence);
        } else {
            refuse(request, Outcome.UNKNOWN_TRANSFER);
        }
    }

    private long eventSequence(DirectBuffer reply, int offset) {
        return new OutcomeReplyDecoder()
                .wrapAndApplyHeader(reply, offset, header)
                .eventSequence();
    }

    private void read(Request request, long eventSequence) {
        loop.answers()
                .ask(
                        request,
                        callback -> loop.services().history().outcome(eventSequence, callback),
                        (StoredOutcome outcome) -> onRead(request, outcome),
                        failed -> loop.answers()
                                .unread(
                                        request,
                                        failed,
                                        ProblemCode.INTERNAL,
                                        "The original could not be read. Nothing was changed."));
    }

    private void onRead(Request request, StoredOutcome outcome) {
        sent.wrapAndApplyHeader(request.message, 0, header);
        if (!outcome.isFor(request.viewer)) {
            refuse(request, Outcome.UNKNOWN_TRANSFER);
            return;
        }
        request.original =
                outcome.original(sent.originalId().high(), sent.originalId().low());
        if (request.original == null) {
            refuse(request, Outcome.ORIGINAL_MISMATCH);
            return;
        }
        long high = sent.id().high();
        long low = sent.id().low();
        long amount = sent.amount();
        ReverseDecoder.LotsDecoder lots = sent.lots();
        ReverseDecoder.FeeLotsDecoder feeLots = sent.feeLots();
        if (lots.hasNext() || feeLots.hasNext()) {
            throw new IllegalStateException("lots that the check should have refused");
        }
        byte[] reason = new byte[sent.reasonLength()];
        sent.getReason(reason, 0, reason.length);
        ReverseCommand.write(request.original, high, low, amount, reason, request.viewer, command);
        request.become(command.copy());
        request.step = loop.answers()::command;
        loop.offer(request, request.message, 0, request.message.capacity());
    }

    /** In the words of the core, which was not asked: nothing is remembered. */
    private void refuse(Request request, Outcome outcome) {
        UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[CommandReplyEncoder.BLOCK_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH]);
        sent.wrapAndApplyHeader(request.message, 0, header);
        CommandReplyEncoder reply = new CommandReplyEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        reply.id().high(sent.id().high()).low(sent.id().low());
        reply.outcome(outcome)
                .commandTemplateId(ReverseDecoder.TEMPLATE_ID)
                .feePayer(FeePayer.RECEIVER)
                .window(SpendingWindow.NONE);
        request.session.append(request.number, buffer, 0, buffer.capacity());
        loop.finish(request);
    }
}
