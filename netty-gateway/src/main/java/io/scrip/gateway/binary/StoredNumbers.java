package io.scrip.gateway.binary;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the numbers of a first answer into a reply that only says where its event stands. Of an id that was used for
 * something else it says where, but to nobody except who used it. One instance belongs to one answer.
 */
final class StoredNumbers {
    private static final int CALLER_AT = MessageHeaderDecoder.ENCODED_LENGTH + TransferDecoder.callerEncodingOffset();
    private static final int FROM_BALANCES = ReplyPlaces.COMMAND_AT + CommandReplyDecoder.fromBalancesEncodingOffset();
    private static final int TO_BALANCES = ReplyPlaces.COMMAND_AT + CommandReplyDecoder.toBalancesEncodingOffset();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final CallerDecoder caller = new CallerDecoder();
    private final UnsafeBuffer reply;
    private final Viewer viewer;
    private ReplyPlaces places;
    private int at;

    /** For one reply, which is changed. */
    StoredNumbers(UnsafeBuffer reply, Viewer viewer) {
        this.reply = reply;
        this.viewer = viewer;
    }

    /** Whether the numbers of what stands here have to be read. */
    static boolean isWanted(ReplyPlaces places, DirectBuffer reply, int at) {
        return places.isReplayed(reply, at) || places.outcomeOf(reply, at) == Outcome.IDEMPOTENCY_CONFLICT.value();
    }

    /** Reads the event of what stands at a place of the reply; one that has been pruned leaves the place without it. */
    void read(EventLog.Reader reader, ReplyPlaces replyPlaces, int replyAt) {
        places = replyPlaces;
        at = replyAt;
        long eventSequence = places.i64(reply, at, places.eventSequence());
        withhold(reply, places, at);
        try {
            if (!reader.read(eventSequence, this::onEvent)) {
                throw new IllegalStateException("event " + eventSequence + " is not in the event log");
            }
        } catch (PrunedHistory gone) {
            // Whose it was cannot be said any more; the other places of the reply are not to suffer.
            return;
        }
    }

    /** Until it is known whose event stands there, a conflict does not say where; nor when that is never known. */
    static void withhold(UnsafeBuffer reply, ReplyPlaces places, int at) {
        if (isConflict(places, reply, at)) {
            places.i64(reply, at, places.eventSequence(), 0);
        }
    }

    private static boolean isConflict(ReplyPlaces places, DirectBuffer reply, int at) {
        return places.outcomeOf(reply, at) == Outcome.IDEMPOTENCY_CONFLICT.value() && !places.isReplayed(reply, at);
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        header.wrap(event, offset);
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        boolean conflict = isConflict(places, reply, at);
        if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
            leg.wrap(event, body, header.blockLength(), header.version());
            if (conflict) {
                LegEventDecoder.LotsDecoder lots = leg.lots();
                while (lots.hasNext()) {
                    lots.next();
                }
                tellSameCaller(eventSequence, event, leg.limit() + LegEventDecoder.commandHeaderLength());
            } else {
                copyLeg(event, body);
            }
            return;
        }
        decision.wrap(event, body, header.blockLength(), header.version());
        if (conflict) {
            tellSameCaller(eventSequence, event, decision.limit() + DecisionEventDecoder.commandHeaderLength());
        } else {
            copyDecision();
        }
    }

    private void tellSameCaller(long eventSequence, DirectBuffer event, int commandAt) {
        caller.wrap(event, commandAt + CALLER_AT);
        if (caller.role() == viewer.role() && caller.wallet() == viewer.wallet()) {
            places.i64(reply, at, places.eventSequence(), eventSequence);
        }
    }

    private void copyLeg(DirectBuffer event, int body) {
        places.i64(reply, at, places.amount(), leg.amount());
        places.i64(reply, at, places.fee(), leg.fee());
        places.i64(reply, at, places.expiresAt(), leg.expiresAt());
        if (leg.kind() == LegKind.CAPTURE || leg.kind() == LegKind.RELEASE) {
            // These commands name a hold and no token.
            places.i64(reply, at, places.token(), leg.token());
        }
        if (places.equals(ReplyPlaces.OF_COMMAND)) {
            when(leg.sequence(), leg.timestamp());
            reply.putByte(at + CommandReplyDecoder.feePayerEncodingOffset(), (byte)
                    leg.feePayer().value());
            int bytes = BalancesDecoder.ENCODED_LENGTH;
            reply.putBytes(FROM_BALANCES, event, body + LegEventDecoder.fromBalancesEncodingOffset(), bytes);
            reply.putBytes(TO_BALANCES, event, body + LegEventDecoder.toBalancesEncodingOffset(), bytes);
        }
    }

    private void copyDecision() {
        places.i64(reply, at, places.wallet(), decision.wallet());
        places.i64(reply, at, places.needed(), decision.needed());
        places.i64(reply, at, places.available(), decision.available());
        places.i64(reply, at, places.limitValue(), decision.limitValue());
        places.i64(reply, at, places.token(), decision.token());
        places.i64(reply, at, places.expiresAt(), decision.expiresAt());
        reply.putByte(at + places.window(), (byte) decision.window().value());
        if (places.equals(ReplyPlaces.OF_COMMAND)) {
            when(decision.sequence(), decision.timestamp());
        }
    }

    /** A first answer says when it was decided, and so does its repetition. */
    private void when(long sequence, long timestampNs) {
        places.i64(reply, at, CommandReplyDecoder.sequenceEncodingOffset(), sequence);
        places.i64(reply, at, CommandReplyDecoder.timestampEncodingOffset(), timestampNs);
    }
}
