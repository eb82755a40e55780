package io.scrip.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Messages;
import io.scrip.testkit.workload.Messages.Authority;
import io.scrip.testkit.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** That a difference is seen wherever it lies, and that a seed says the same things each time. */
class CheckerTest {
    private static final long WINDOW_NS = 1_000_000_000L;

    private final NaiveLedger model = new NaiveLedger(WINDOW_NS, 100, 100);
    private final Checker checker = new Checker(model);
    private final Messages messages = new Messages();
    private final List<byte[]> events = new ArrayList<>();
    private final LedgerProcessor core = new LedgerProcessor(
            new Retention(WINDOW_NS, 100, 100),
            (sequence, event, offset, length) -> events.add(bytes(event, offset, length)));
    private DirectBuffer reply;

    private static byte[] bytes(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    private DirectBuffer decided() {
        DirectBuffer command = messages.openWallet(new Id(1, 2), Authority.OPERATOR, "agent:a", 3);
        core.onCommand(1, 1, command, 0, command.capacity(), (buffer, offset, length) -> {
            reply = Messages.copy(buffer, offset, length);
        });
        return command;
    }

    private void deliverEvents() {
        for (int i = 0; i < events.size(); i++) {
            checker.onEvent(i + 1L, new UnsafeBuffer(events.get(i)), 0, events.get(i).length);
        }
    }

    @Test
    void whatIsTheSameIsTheSame() {
        DirectBuffer command = decided();
        deliverEvents();
        checker.check(command, 1, 1, reply);
        assertEquals(2, model.wallets());
    }

    @Test
    void anEventThatIsMissingIsSeen() {
        DirectBuffer command = decided();
        Mismatch seen = assertThrows(Mismatch.class, () -> checker.check(command, 1, 1, reply));
        assertTrue(seen.getMessage().contains("fewer events"), seen.getMessage());
    }

    @Test
    void anEventTooManyIsSeen() {
        DirectBuffer command = decided();
        deliverEvents();
        deliverEvents();
        Mismatch seen = assertThrows(Mismatch.class, () -> checker.check(command, 1, 1, reply));
        assertTrue(seen.getMessage().contains("too many"), seen.getMessage());
    }

    @Test
    void anyByteOfAReplyOrAnEventThatIsAnotherIsSeenOrSaysNothing() {
        DirectBuffer command = decided();
        int seen = 0;
        for (int i = 8; i < reply.capacity(); i++) {
            NaiveLedger fresh = new NaiveLedger(WINDOW_NS, 100, 100);
            Checker other = new Checker(fresh);
            other.onEvent(1, new UnsafeBuffer(events.get(0)), 0, events.get(0).length);
            byte[] changed = bytes(reply, 0, reply.capacity());
            changed[i] ^= 1;
            try {
                other.check(command, 1, 1, new UnsafeBuffer(changed));
            } catch (Mismatch difference) {
                seen++;
            }
        }
        // The fee's payer of what moved nothing is the only byte that says nothing.
        assertTrue(seen >= reply.capacity() - 8 - 1, seen + " of " + reply.capacity());
    }

    @Test
    void aSeedSaysTheSameEachTime() {
        for (long seed = 1; seed <= 7; seed++) {
            Workload one = new Workload(seed, new NaiveLedger(WINDOW_NS, 100, 100));
            Workload two = new Workload(seed, new NaiveLedger(WINDOW_NS, 100, 100));
            for (int i = 0; i < 300; i++) {
                assertEquals(one.next(), two.next());
            }
        }
    }

    @Test
    void everyCommandOfASeedHasWords() {
        Workload workload = new Workload(5, model);
        for (int i = 0; i < 500; i++) {
            DirectBuffer command = workload.next();
            assertTrue(InWords.of(command).length() > 3);
        }
    }
}
