package io.scrip.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.LiveKeys;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import io.scrip.ledger.Retention;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core with wallets and tokens, watched. */
final class WatchedLedger {
    /** Short, so that ids are forgotten within one run. */
    private static final Retention RETENTION = new Retention(20_000_000_000L, 400, 50);

    private record Recorded(long timestampNs, DirectBuffer command) {}

    private final LiveKeys keys = new LiveKeys();
    private final LedgerProcessor core = new LedgerProcessor(RETENTION, this::onEvent);
    private final List<Recorded> journal = new ArrayList<>();
    private long timestampNs = 1_000_000_000L;
    private long events;
    private int replies;
    private Outcome outcome;

    WatchedLedger() {
        for (DirectBuffer command : new ValidMessages(new SmallRandom(1)).opening()) {
            take(Mutations.bytesOf(command), 1);
            assertEquals(Outcome.APPLIED, outcome);
        }
    }

    /** Hands the bytes to the door that the pipeline would choose; an event or a reply too many is a failure. */
    void take(byte[] bytes, long laterNs) {
        DirectBuffer message = new UnsafeBuffer(bytes);
        boolean wellFormed = MessageShape.isWellFormed(message, 0, bytes.length);
        replies = 0;
        if (MessageShape.isJournaled(message, 0, bytes.length)) {
            timestampNs += laterNs;
            core.onCommand(core.lastSequence() + 1, timestampNs, message, 0, bytes.length, this::onReply);
            journal.add(new Recorded(timestampNs, message));
        } else {
            core.onQuery(message, 0, bytes.length, this::onReply);
        }
        assertEquals(1, replies, "every message gets one reply");
        assertEquals(wellFormed, outcome != Outcome.MALFORMED, "what is not well-formed is MALFORMED");
    }

    void check() {
        assertTrue(core.trialBalance().isZero(), "debits are not credits");
        LedgerProcessor again = new LedgerProcessor(RETENTION, (sequence, event, offset, length) -> {});
        for (Recorded record : journal) {
            again.onCommand(
                    again.lastSequence() + 1,
                    record.timestampNs(),
                    record.command(),
                    0,
                    record.command().capacity(),
                    CommandReplySink.NONE);
        }
        assertEquals(core.stateHash(), again.stateHash(), "the replay ends in another state");
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        assertEquals(++events, eventSequence);
        keys.onEvent(event, offset);
    }

    private void onReply(DirectBuffer reply, int offset, int length) {
        replies++;
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, offset);
        boolean command = header.templateId() == CommandReplyDecoder.TEMPLATE_ID;
        outcome = command
                ? new CommandReplyDecoder()
                        .wrapAndApplyHeader(reply, offset, header)
                        .outcome()
                : Outcome.APPLIED;
        assertTrue(header.templateId() >= 150 && header.templateId() <= 199, "that is no reply");
    }
}
