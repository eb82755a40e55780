package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Hold;
import io.scrip.ledger.Commands.Terms;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SpendingWindow;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Snapshots that are whole, and what is refused. That nothing is lost is shown by the pages and the fuzz test. */
class SnapshotTest {
    private static final long CRD = Commands.token("CRD");
    private static final Retention SHORT = new Retention(1_000_000_000_000L, 40, 10);
    private static final EventSink NOWHERE = (sequence, buffer, offset, length) -> {};

    private static TestLedger used() {
        TestLedger ledger = TestLedger.withWallets(1_000, 2_000, 0);
        Terms bonus = new Terms(LotCategory.PROMOTIONAL, 5, 0, Lots.NEVER, Lots.NEVER);
        ledger.expect(Outcome.APPLIED, Commands.issue(300, Role.OPERATOR, 2, CRD, 77, bonus));
        Terms later = new Terms(LotCategory.PAID, 5, ledger.nextTimestampNs() + 900_000, Lots.NEVER, 3);
        ledger.expect(Outcome.APPLIED, Commands.issue(299, Role.OPERATOR, 2, CRD, 78, later));
        ledger.expect(Outcome.APPLIED, Hold.of(301, 2, 3, CRD, 100, 5_000).encode());
        ledger.expect(Outcome.APPLIED, Transfer.of(302, 3, 4, CRD, 5).encode());
        ledger.expect(
                Outcome.INSUFFICIENT_FUNDS, Transfer.of(303, 3, 4, CRD, 5_000).encode());
        ledger.expect(Outcome.APPLIED, ControlCommands.setParent(304, 0, 3, 2));
        ledger.expect(Outcome.APPLIED, ControlCommands.setLimit(305, 2, 3, CRD, 0, SpendingWindow.HOUR, 5, 5_000));
        return ledger;
    }

    private static LedgerProcessor read(List<byte[]> records) throws SnapshotException {
        return LedgerProcessor.readFrom(new SnapshotRecords(records).source(), Retention.STANDARD, NOWHERE);
    }

    private static String refused(List<byte[]> records) {
        return assertThrows(SnapshotException.class, () -> read(records)).getMessage();
    }

    @Test
    void whatIsReadIsWrittenAgainByteForByte() throws SnapshotException {
        TestLedger ledger = used();
        SnapshotRecords written = SnapshotRecords.of(ledger.processor);
        LedgerProcessor restored = read(written.copies());
        assertEquals(written, SnapshotRecords.of(restored));
        assertEquals(ledger.processor.stateHash(), restored.stateHash());
        assertEquals(ledger.processor.lastSequence(), restored.lastSequence());
        assertEquals(ledger.processor.lastTimestampNs(), restored.lastTimestampNs());
        assertEquals(ledger.processor.lastEventSequence(), restored.lastEventSequence());
        assertEquals(ledger.processor.nextDeadlineNs(), restored.nextDeadlineNs());
    }

    @Test
    void anEmptyCoreHasASnapshotToo() throws SnapshotException {
        LedgerProcessor empty = new LedgerProcessor(Retention.STANDARD, NOWHERE);
        assertEquals(empty.stateHash(), read(SnapshotRecords.of(empty).copies()).stateHash());
    }

    @Test
    void writingASnapshotChangesNothing() {
        TestLedger ledger = used();
        long hash = ledger.processor.stateHash();
        SnapshotRecords first = SnapshotRecords.of(ledger.processor);
        assertEquals(hash, ledger.processor.stateHash());
        assertEquals(first, SnapshotRecords.of(ledger.processor));
    }

    /** Otherwise the pages, each of which is run with a restart before every command, would miss a column. */
    @Test
    void thePagesAndThisLedgerUseEveryColumn() {
        Set<String> unused = SnapshotRecords.of(used().processor).unusedColumns();
        for (LedgerPage page : LedgerPagesTest.pages()) {
            unused.retainAll(SnapshotRecords.of(page.core()).unusedColumns());
        }
        assertEquals(Set.of(), unused);
    }

    @Test
    void forgottenIdsLeaveNoTraceInASnapshot() {
        TestLedger live = new TestLedger(SHORT);
        live.expect(Outcome.APPLIED, Commands.registerToken(1, "CRD", 6, true));
        live.expect(Outcome.APPLIED, Commands.openWallet(2, Role.OPERATOR, "agent:a", 1, 1));
        for (int id = 1_000; id < 1_200; id++) {
            live.expect(Outcome.APPLIED, Commands.issue(id, Role.OPERATOR, 2, CRD, 1));
            if (id % 17 == 0) {
                live.restart();
            }
        }
        TestLedger replayed = live.replayed(SHORT);
        assertEquals(SnapshotRecords.of(replayed.processor), SnapshotRecords.of(live.processor));
        assertTrue(live.answer(Commands.issue(1_199, Role.OPERATOR, 2, CRD, 1)).replayed());
        assertEquals(
                false,
                live.answer(Commands.issue(1_000, Role.OPERATOR, 2, CRD, 1)).replayed());
    }

    @Test
    void aFlippedBitIsRefusedWhereverItIs() {
        List<byte[]> records = SnapshotRecords.of(used().processor).copies();
        for (byte[] record : records) {
            // Every byte of what says what follows, and of the values one in eleven.
            for (int at = 0; at < record.length; at += at < 32 ? 1 : 11) {
                record[at] ^= (byte) (1 << (at & 7));
                refused(records);
                record[at] ^= (byte) (1 << (at & 7));
            }
        }
    }

    @Test
    void aMissingADoubledOrAMisplacedRecordIsRefused() {
        SnapshotRecords whole = SnapshotRecords.of(used().processor);
        int count = whole.copies().size();
        for (int i = 0; i < count; i++) {
            List<byte[]> without = whole.copies();
            without.remove(i);
            refused(without);
            List<byte[]> doubled = whole.copies();
            doubled.add(i, doubled.get(i));
            refused(doubled);
            refused(whole.copies().subList(0, i));
            if (i > 0) {
                List<byte[]> swapped = whole.copies();
                swapped.add(i - 1, swapped.remove(i));
                refused(swapped);
            }
        }
        assertTrue(count > 60, count + " records");
    }

    @Test
    void aRecordOfAnotherLengthIsRefused() {
        SnapshotRecords whole = SnapshotRecords.of(used().processor);
        for (int i = 0; i < whole.copies().size(); i++) {
            for (int change : new int[] {-1, 1}) {
                List<byte[]> records = whole.copies();
                records.set(i, Arrays.copyOf(records.get(i), records.get(i).length + change));
                refused(records);
            }
        }
    }

    @Test
    void recordsOfTwoSnapshotsDoNotMix() {
        TestLedger ledger = used();
        List<byte[]> older = SnapshotRecords.of(ledger.processor).copies();
        ledger.expect(Outcome.APPLIED, Transfer.of(400, 3, 4, CRD, 5).encode());
        SnapshotRecords newer = SnapshotRecords.of(ledger.processor);
        assertEquals(older.size(), newer.copies().size());
        for (int i = 0; i < older.size(); i++) {
            List<byte[]> mixed = newer.copies();
            if (!Arrays.equals(mixed.get(i), older.get(i))) {
                mixed.set(i, older.get(i));
                refused(mixed);
            }
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        assertTrue(refused(List.of()).contains("ends after 0 records"));
        assertTrue(refused(List.of("not a snapshot at all, but long enough to be one, so it seems"
                        .getBytes(StandardCharsets.US_ASCII)))
                .contains("record 0"));
        List<byte[]> records = SnapshotRecords.of(used().processor).copies();
        SnapshotSource source = new SnapshotRecords(records).source();
        SnapshotException other =
                assertThrows(SnapshotException.class, () -> LedgerProcessor.readFrom(source, SHORT, NOWHERE));
        assertTrue(other.getMessage().contains("another retention"));
    }
}
