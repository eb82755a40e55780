package io.scrip.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.LiveKeys;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import io.scrip.ledger.Retention;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that a client can send makes the core throw, whatever it is. Each case is printed with the seed when it
 * fails; {@code -Dscrip.fuzz.seed=N} runs that seed, {@code -Dscrip.fuzz.cases=N} runs so many cases.
 */
class MessageFuzzTest {
    private static final SchemaMessages SCHEMA = new SchemaMessages();
    private static final int CASES = Integer.getInteger("scrip.fuzz.cases", 150_000);
    /** Short, so that ids are forgotten all the time. */
    private static final Retention RETENTION = new Retention(20_000_000_000L, 4_000, 500);

    private record Recorded(long timestampNs, DirectBuffer command) {}

    private final LiveKeys keys = new LiveKeys();
    private final LedgerProcessor live = new LedgerProcessor(RETENTION, this::onEvent);
    private final LedgerProcessor follower = new LedgerProcessor(RETENTION, (sequence, event, offset, length) -> {});
    private final List<Recorded> journal = new ArrayList<>();
    private final Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
    private long events;
    private long timestampNs;
    private int replies;
    private Outcome outcome;

    static long[] seeds() {
        Long given = Long.getLong("scrip.fuzz.seed");
        return given != null ? new long[] {given} : new long[] {1, 20_261_121L};
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noBytesMakeTheCoreThrow(long seed) {
        SmallRandom random = new SmallRandom(seed);
        Mutations mutations = new Mutations(random);
        ValidMessages messages = new ValidMessages(random);
        AnyMessages any = new AnyMessages(random, SCHEMA);
        for (DirectBuffer command : messages.opening()) {
            apply(Mutations.bytesOf(command), new UnsafeBuffer(command, 0, command.capacity()), 0);
            assertEquals(Outcome.APPLIED, outcome);
        }
        byte[] before = mutations.random(100);
        int woundedButWhole = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] message = random.oneIn(2) ? any.next() : Mutations.bytesOf(messages.next());
            boolean wound = random.oneIn(2);
            byte[] bytes = wound ? mutations.wounded(message, before) : message;
            before = message;
            timestampNs += 1 + random.below(2_000_000);
            try {
                woundedButWhole += feed(bytes, mutations, random) && wound ? 1 : 0;
                if (i % 1000 == 0) {
                    assertTrue(live.trialBalance().isZero(), "sums differ");
                    assertEquals(follower.stateHash(), live.stateHash(), "a core beside it has another state");
                }
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "seed " + seed + ", case " + i + ", " + HexFormat.of().formatHex(bytes), failure);
            }
        }
        assertEquals(replayed(), live.stateHash(), "seed " + seed);
        assertTrue(woundedButWhole > CASES / 20, "most wounds were deadly: " + woundedButWhole);
        assertTrue(seen.size() >= 35, () -> "the cases reach too little: " + seen);
    }

    /** Hands the bytes to the door they ask for, seldom to the other; whether they were well-formed. */
    private boolean feed(byte[] bytes, Mutations mutations, SmallRandom random) {
        int offset = random.oneIn(2) ? 0 : random.below(40);
        byte[] around = mutations.random(offset + bytes.length + (offset == 0 ? 0 : random.below(100)));
        System.arraycopy(bytes, 0, around, offset, bytes.length);
        DirectBuffer buffer = new UnsafeBuffer(around);
        boolean wellFormed = MessageShape.isWellFormed(buffer, offset, bytes.length);
        boolean journaled = MessageShape.isJournaled(buffer, offset, bytes.length);
        boolean wrongDoor = random.oneIn(50);
        if (journaled != wrongDoor) {
            apply(bytes, buffer, offset);
        } else {
            replies = 0;
            live.onQuery(buffer, offset, bytes.length, this::onReply);
        }
        assertEquals(1, replies);
        if (!wellFormed || wrongDoor) {
            assertEquals(Outcome.MALFORMED, outcome);
        }
        seen.add(outcome);
        return wellFormed;
    }

    private void apply(byte[] bytes, DirectBuffer buffer, int offset) {
        timestampNs++;
        replies = 0;
        live.onCommand(live.lastSequence() + 1, timestampNs, buffer, offset, bytes.length, this::onReply);
        // Its buffer ends where the message does: whoever reads further throws here.
        DirectBuffer exact = new UnsafeBuffer(bytes);
        journal.add(new Recorded(timestampNs, exact));
        follower.onCommand(follower.lastSequence() + 1, timestampNs, exact, 0, bytes.length, CommandReplySink.NONE);
    }

    private long replayed() {
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
        return again.stateHash();
    }

    private void onReply(DirectBuffer reply, int offset, int length) {
        replies++;
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, offset);
        outcome = switch (header.templateId()) {
            case CommandReplyDecoder.TEMPLATE_ID ->
                new CommandReplyDecoder()
                        .wrapAndApplyHeader(reply, offset, header)
                        .outcome();
            case BatchReplyDecoder.TEMPLATE_ID ->
                batchOutcome(new BatchReplyDecoder().wrapAndApplyHeader(reply, offset, header));
            default -> Outcome.APPLIED;
        };
        if (header.templateId() < 150 || header.templateId() > 199 || outcome == Outcome.SBE_UNKNOWN) {
            throw new AssertionError("no reply: template " + header.templateId());
        }
    }

    private Outcome batchOutcome(BatchReplyDecoder reply) {
        for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
            seen.add(result.outcome());
        }
        return reply.outcome();
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        assertEquals(++events, eventSequence);
        keys.onEvent(event, offset);
    }
}
