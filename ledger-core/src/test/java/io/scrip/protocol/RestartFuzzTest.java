package io.scrip.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.MessageShape;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.ledger.SnapshotRecords;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two cores get the same commands; one of them is again and again replaced by one that was read from its snapshot. No
 * reply, event, deadline or snapshot may show which is which. {@code -Dscrip.fuzz.seed=N} runs that seed.
 */
class RestartFuzzTest {
    private static final SchemaMessages SCHEMA = new SchemaMessages();
    private static final int CASES = Integer.getInteger("scrip.fuzz.cases", 15_000);
    private static final Retention RETENTION = new Retention(20_000_000_000L, 4_000, 500);

    private final List<String> liveSays = new ArrayList<>();
    private final List<String> restartedSays = new ArrayList<>();
    private final LedgerProcessor live =
            new LedgerProcessor(RETENTION, (sequence, event, at, length) -> liveSays.add(hex(event, at, length)));
    private LedgerProcessor restarted = new LedgerProcessor(RETENTION, this::onRestartedEvent);
    private long timestampNs;

    static long[] seeds() {
        Long given = Long.getLong("scrip.fuzz.seed");
        return given != null ? new long[] {given} : new long[] {1, 7, 20_261_121L};
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodySeesWhichCoreWasRestarted(long seed) throws SnapshotException {
        SmallRandom random = new SmallRandom(seed);
        ValidMessages messages = new ValidMessages(random);
        AnyMessages any = new AnyMessages(random, SCHEMA);
        for (DirectBuffer command : messages.opening()) {
            feed(Mutations.bytesOf(command));
        }
        int restarts = 0;
        for (int i = 0; i < CASES; i++) {
            timestampNs += 1 + random.below(2_000_000);
            feed(random.oneIn(2) ? any.next() : Mutations.bytesOf(messages.next()));
            assertEquals(liveSays, restartedSays, "seed " + seed + ", case " + i);
            assertEquals(live.nextDeadlineNs(), restarted.nextDeadlineNs(), "seed " + seed + ", case " + i);
            liveSays.clear();
            restartedSays.clear();
            if (random.oneIn(200)) {
                SnapshotRecords snapshot = SnapshotRecords.of(restarted);
                assertEquals(SnapshotRecords.of(live), snapshot, "seed " + seed + ", case " + i);
                restarted = LedgerProcessor.readFrom(snapshot.source(), RETENTION, this::onRestartedEvent);
                assertEquals(snapshot, SnapshotRecords.of(restarted), "seed " + seed + ", case " + i);
                assertEquals(live.stateHash(), restarted.stateHash(), "seed " + seed + ", case " + i);
                restarts++;
            }
        }
        assertTrue(restarts > CASES / 400, restarts + " restarts");
    }

    private void feed(byte[] bytes) {
        DirectBuffer buffer = new UnsafeBuffer(bytes);
        if (MessageShape.isJournaled(buffer, 0, bytes.length)) {
            timestampNs++;
            long sequence = live.lastSequence() + 1;
            live.onCommand(
                    sequence,
                    timestampNs,
                    buffer,
                    0,
                    bytes.length,
                    (b, at, length) -> liveSays.add(hex(b, at, length)));
            restarted.onCommand(
                    sequence,
                    timestampNs,
                    buffer,
                    0,
                    bytes.length,
                    (b, at, length) -> restartedSays.add(hex(b, at, length)));
        } else {
            live.onQuery(buffer, 0, bytes.length, (b, at, length) -> liveSays.add(hex(b, at, length)));
            restarted.onQuery(buffer, 0, bytes.length, (b, at, length) -> restartedSays.add(hex(b, at, length)));
        }
    }

    private void onRestartedEvent(long sequence, DirectBuffer event, int offset, int length) {
        restartedSays.add(hex(event, offset, length));
    }

    private static String hex(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
