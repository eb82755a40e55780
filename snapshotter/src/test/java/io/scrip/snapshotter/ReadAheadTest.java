package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.LiveKeys;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerFault;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recovery on three threads gives what it gives on one, and whatever ends one of them ends all. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadAheadTest {
    /** Many batches. */
    private static final int COMMANDS = 20_000;

    private final MemoryJournal records = new MemoryJournal();
    private final MemoryEventLog events = new MemoryEventLog();

    private void fill() {
        for (int n = 1; n <= COMMANDS; n++) {
            records.append(Ledgers.openWallet(n));
        }
    }

    private static Recovery.Recovered recover(Journal journal, EventLog log, EventFeed.Truncation truncation) {
        EventFeed feed = new EventFeed(log, truncation, new LiveKeys());
        return new Recovery(journal, position -> false, log, Retention.STANDARD, feed)
                .recover(List.of(), (done, of) -> {});
    }

    @Test
    void recordsComeInOrderWithTheirBytesAndTimes() {
        List<Integer> lengths = new ArrayList<>();
        for (int n = 1; n <= 3_000; n++) {
            // Some are longer than a whole batch is meant to be.
            int length = n % 1_000 == 0 ? 700_000 : n % 97;
            lengths.add(length);
            UnsafeBuffer record = new UnsafeBuffer(new byte[length]);
            record.setMemory(0, length, (byte) n);
            records.append(record);
        }
        long[] next = {11};
        long[] foreseen = {0};
        long count = ReadAhead.replay(
                records,
                11,
                (sequence, timestampNs, record, offset, length) -> {
                    assertEquals(next[0]++, sequence);
                    assertEquals(sequence, timestampNs);
                    assertEquals(lengths.get((int) sequence - 1), length);
                    for (int i = 0; i < length; i += 13) {
                        assertEquals((byte) sequence, record.getByte(offset + i));
                    }
                },
                (record, offset, length) -> foreseen[0]++);
        assertEquals(2_990, count);
        assertEquals(3_001, next[0]);
        assertEquals(count, foreseen[0]);
    }

    @Test
    void threeThreadsGiveTheStateAndTheEventsOfOne() {
        fill();
        MemoryEventLog plain = new MemoryEventLog();
        LedgerProcessor one = new LedgerProcessor(Retention.STANDARD, plain::append);
        records.replay(
                1,
                (sequence, timestampNs, command, offset, length) ->
                        one.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE));
        for (int start = 0; start < 2; start++) {
            Recovery.Recovered recovered = recover(records, events, events::truncateFrom);
            assertEquals(one.stateHash(), recovered.core().stateHash());
            assertEquals(start == 0 ? COMMANDS : 0, recovered.report().eventsAppended());
            assertEquals(start == 0 ? 0 : COMMANDS, recovered.report().eventsCompared());
        }
        assertEquals(plain.events.size(), events.events.size());
        for (int at = 0; at < COMMANDS; at++) {
            assertEquals(new UnsafeBuffer(plain.events.get(at)), new UnsafeBuffer(events.events.get(at)));
        }
    }

    @Test
    void aDamagedJournalEndsRecoveryAsTheJournalSaysIt() {
        fill();
        JournalFailure damaged = new JournalFailure(JournalFailure.Kind.DAMAGED, "record 15000 is damaged");
        Journal spoilt = new Spoilt(records, 15_000, damaged);
        assertSame(damaged, assertThrows(JournalFailure.class, () -> recover(spoilt, events, events::truncateFrom)));
        long last = events.lastEventSequence();
        assertTrue(last > 14_000 && last < 15_000, "whole batches before it are in the event log: " + last);
    }

    @Test
    void anEventLogThatCannotBeWrittenEndsRecovery() {
        fill();
        JournalFailure full = new JournalFailure(JournalFailure.Kind.DEVICE, "no space left");
        EventLog failing = new EventLog() {
            @Override
            public long lastEventSequence() {
                return events.lastEventSequence();
            }

            @Override
            public void append(long eventSequence, DirectBuffer event, int offset, int length) {
                if (eventSequence == 5_000) {
                    throw full;
                }
                events.append(eventSequence, event, offset, length);
            }

            @Override
            public Reader openReader() {
                return events.openReader();
            }

            @Override
            public void close() {}
        };
        assertSame(full, assertThrows(JournalFailure.class, () -> recover(records, failing, events::truncateFrom)));
    }

    @Test
    void aCoreThatFailsLetsTheReaderGo() {
        fill();
        LedgerProcessor core = Ledgers.empty();
        assertThrows(
                LedgerFault.class,
                () -> ReadAhead.replay(
                        records,
                        2,
                        (sequence, timestampNs, command, offset, length) ->
                                core.onCommand(sequence, timestampNs, command, offset, length, CommandReplySink.NONE),
                        core::foresee));
        boolean reading = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("scrip-read-ahead"));
        assertTrue(!reading, "the reading thread has ended");
    }

    /** A journal in which one record is not good. */
    private record Spoilt(MemoryJournal journal, long sequence, JournalFailure failure) implements Journal {
        @Override
        public long lastSequence() {
            return journal.lastSequence();
        }

        @Override
        public long lastTimestampNs() {
            return journal.lastTimestampNs();
        }

        @Override
        public void append(long next, long timestampNs, DirectBuffer command, int offset, int length) {
            throw new IllegalStateException("only to be read");
        }

        @Override
        public void force() {}

        @Override
        public void onIdle() {}

        @Override
        public boolean hasRoom(int lengthBytes) {
            return true;
        }

        @Override
        public long replay(long fromSequence, RecordHandler handler) {
            return journal.replay(fromSequence, (at, timestampNs, command, offset, length) -> {
                if (at == sequence) {
                    throw failure;
                }
                handler.onRecord(at, timestampNs, command, offset, length);
            });
        }

        @Override
        public void close() {}
    }
}
