package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.LiveKeys;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    /** More than one block of events that are compared together. */
    private static final int COMMANDS = 2_500;

    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryEventLog events = new MemoryEventLog();
    private final LiveKeys keys = new LiveKeys();
    private final EventFeed feed = new EventFeed(events, events::truncateFrom, keys);
    private final Recovery recovery = new Recovery(journal, position -> false, events, Retention.STANDARD, feed);
    private LedgerProcessor core;
    private long liveHash;

    @Test
    void anEmptyJournalGivesAnEmptyLedger() {
        Recovery.Report report = recover();
        assertEquals(0, report.records());
        assertEquals(0, core.lastSequence());
    }

    @Test
    void replayBringsBackTheStateAndFindsTheEventLogRight() {
        List<byte[]> before = runLive();
        Recovery.Report report = recover();
        assertEquals(COMMANDS, report.records());
        assertEquals(COMMANDS, report.eventsCompared());
        assertEquals(0, report.eventsAppended());
        assertEquals(0, report.eventsRebuiltFrom());
        assertEquals(liveHash, core.stateHash());
        assertSameEvents(before);
    }

    @Test
    void aMissingEventLogIsWrittenAnew() {
        List<byte[]> before = runLive();
        events.truncateFrom(1);
        Recovery.Report report = recover();
        assertEquals(COMMANDS, report.eventsAppended());
        assertEquals(0, report.eventsRebuiltFrom());
        assertSameEvents(before);
    }

    @Test
    void aShortEventLogIsCompleted() {
        List<byte[]> before = runLive();
        events.truncateFrom(1_500);
        Recovery.Report report = recover();
        assertEquals(1_499, report.eventsCompared());
        assertEquals(COMMANDS - 1_499, report.eventsAppended());
        assertSameEvents(before);
    }

    @Test
    void aWrongEventIsFoundAndTheLogRebuiltFromThere() {
        List<byte[]> before = runLive();
        byte[] spoilt = events.events.get(1_776).clone();
        spoilt[spoilt.length - 1] ^= 1;
        events.events.set(1_776, spoilt);
        Recovery.Report report = recover();
        assertEquals(1_777, report.eventsRebuiltFrom());
        assertEquals(1_776, report.eventsCompared());
        assertSameEvents(before);
    }

    @Test
    void anUnreadableEventIsFoundAndTheLogRebuiltFromThere() {
        List<byte[]> before = runLive();
        events.unreadable = 3;
        Recovery.Report report = recover();
        assertEquals(3, report.eventsRebuiltFrom());
        assertTrue(report.rebuildReason().contains("event 3 is damaged"), report.rebuildReason());
        assertSameEvents(before);
    }

    @Test
    void eventsOfCommandsThatTheJournalLostAreCutOff() {
        List<byte[]> before = runLive();
        journal.loseAfter(2_000);
        Recovery.Report report = recover();
        assertEquals(2_001, report.eventsRebuiltFrom());
        assertEquals(2_000, events.lastEventSequence());
        assertSameEvents(before.subList(0, 2_000));
    }

    @Test
    void afterRecoveryEventsAreAppendedAndNewKeysAreKnown() {
        runLive();
        recover();
        DirectBuffer command = openWallet(COMMANDS + 1);
        core.onCommand(COMMANDS + 1, COMMANDS + 1, command, 0, command.capacity(), (reply, offset, length) -> {});
        assertEquals(COMMANDS + 1, events.lastEventSequence());
        assertTrue(keys.isWalletKey(COMMANDS + 2, 7, COMMANDS + 1));
        assertFalse(keys.isWalletKey(COMMANDS + 2, 7, COMMANDS));
    }

    @Test
    void progressIsToldOfLongReplays() {
        for (int n = 1; n <= 10_000; n++) {
            journal.append(openWallet(n));
        }
        List<Long> told = new ArrayList<>();
        recovery.recover(List.of(), (records, of) -> {
            assertEquals(10_000, of);
            told.add(records);
        });
        assertEquals(List.of(4_096L, 8_192L), told);
    }

    private Recovery.Report recover() {
        Recovery.Recovered recovered = recovery.recover(List.of(), (records, of) -> {});
        core = recovered.core();
        return recovered.report();
    }

    /** What another process did before this one: fills journal and event log. */
    private List<byte[]> runLive() {
        LedgerProcessor live = new LedgerProcessor(Retention.STANDARD, events::append);
        for (int n = 1; n <= COMMANDS; n++) {
            DirectBuffer command = openWallet(n);
            journal.append(command);
            live.onCommand(n, n, command, 0, command.capacity(), CommandReplySink.NONE);
        }
        liveHash = live.stateHash();
        return List.copyOf(events.events);
    }

    private void assertSameEvents(List<byte[]> expected) {
        assertEquals(expected.size(), events.events.size());
        for (int at = 0; at < expected.size(); at++) {
            assertArrayEquals(expected.get(at), events.events.get(at));
        }
    }

    private static DirectBuffer openWallet(long n) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OpenWalletEncoder command = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.id().high(0).low(n);
        command.caller().role(Role.OPERATOR).wallet(0);
        command.keyHashHigh(7).keyHashLow(n).owner("agent:" + n);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength());
    }
}
