package io.scrip.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.JournalFailure;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotaryTest {
    private static final long CRD = 'C' | 'R' << 8 | 'D' << 16;

    @TempDir
    Path folder;

    private final MemoryEventLog log = new MemoryEventLog();
    private final LedgerProcessor ledger = new LedgerProcessor(Retention.STANDARD, log::append);
    private long nextId = 1;

    private void apply(ExpandableArrayBuffer buffer, int bodyBytes) {
        int length = MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes;
        long sequence = ledger.lastSequence() + 1;
        ledger.onCommand(sequence, 1_000_000 + sequence, buffer, 0, length, CommandReplySink.NONE);
    }

    private void openLedger() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterTokenEncoder token =
                new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        token.id().high(1).low(nextId++);
        token.caller().role(Role.SYSTEM).wallet(0);
        token.token(CRD).scale((short) 6).transferable((short) 1);
        apply(buffer, token.encodedLength());
        OpenWalletEncoder wallet = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        wallet.id().high(1).low(nextId++);
        wallet.caller().role(Role.SYSTEM).wallet(0);
        wallet.keyHashHigh(1).keyHashLow(2).owner("agent:a");
        apply(buffer, wallet.encodedLength());
    }

    private void issue(long amount, String reference) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        issue.id().high(1).low(nextId++);
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(2).token(CRD).amount(amount);
        issue.terms()
                .category(LotCategory.PLAIN)
                .priority((short) 0)
                .effectiveAt(0)
                .expiresAt(0)
                .convertibleFrom(0);
        issue.reference(reference).metadata("{}");
        apply(buffer, issue.encodedLength());
    }

    private Proof proofOf(Notary notary, long eventSequence) {
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        try (EventLog.Reader reader = log.openReader()) {
            List<Proof> proofs = notary.prove(reader, eventSequence, eventSequence);
            while (proofs == null && System.nanoTime() - deadlineNs < 0) {
                LockSupport.parkNanos(5_000_000);
                proofs = notary.prove(reader, eventSequence, eventSequence);
            }
            assertNotNull(proofs, "no proof of event " + eventSequence);
            return proofs.get(0);
        }
    }

    private static ReceiptCheck.Step stepThatFails(Proof proof) {
        ReceiptCheck.Fault fault = ReceiptCheck.check(List.of(proof));
        return fault == null ? null : fault.step();
    }

    @Test
    void everyEventIsProvedAndItsCommitmentsOpen() {
        openLedger();
        for (int i = 0; i < 2500; i++) {
            issue(1 + i, "order " + i);
        }
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            for (long event = 1; event <= log.lastEventSequence(); event += 100) {
                Proof proof = proofOf(notary, event);
                assertNull(stepThatFails(proof));
                OpenedLeaf opened = proof.opened();
                if (opened.leaf().leg()) {
                    assertEquals(
                            "order " + (opened.leaf().amount() - 1),
                            opened.texts().value().reference());
                    assertEquals(6, opened.leaf().scale());
                }
            }
            try (EventLog.Reader reader = log.openReader()) {
                long last = log.lastEventSequence();
                assertNull(notary.prove(reader, last, last + 1));
                // Over the end of an interval.
                assertEquals(10, notary.prove(reader, 1_020, 1_029).size());
            }
        }
    }

    @Test
    void aProofWithAnythingChangedDoesNotHold() {
        openLedger();
        for (int i = 0; i < 10; i++) {
            issue(10, "");
        }
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            Proof proof = proofOf(notary, 7);
            OpenedLeaf other = proofOf(notary, 8).opened();
            assertEquals(ReceiptCheck.Step.PATH, stepThatFails(proof.with(other)));
            List<byte[]> path = new ArrayList<>(proof.path());
            path.set(0, new byte[32]);
            byte[] key = proof.publicKey();
            Statement signed = proof.statement();
            assertEquals(ReceiptCheck.Step.PATH, stepThatFails(new Proof(proof.opened(), path, signed, key)));
            Statement renumbered = new Statement(
                    signed.number() + 1,
                    signed.firstEvent(),
                    signed.lastEvent(),
                    signed.root(),
                    signed.previousHash(),
                    signed.signature());
            assertEquals(
                    ReceiptCheck.Step.SIGNATURE,
                    stepThatFails(new Proof(proof.opened(), proof.path(), renumbered, key)));
            byte[] stranger = SigningKey.open(folder.resolve("other.key")).publicKey();
            assertEquals(
                    ReceiptCheck.Step.SIGNATURE,
                    stepThatFails(new Proof(proof.opened(), proof.path(), signed, stranger)));
            OpenedLeaf opened = proof.opened();
            OpenedLeaf foreignBalance =
                    new OpenedLeaf(opened.leaf(), opened.from(), other.to(), opened.numbers(), opened.texts());
            assertEquals(ReceiptCheck.Step.BALANCE, stepThatFails(proof.with(foreignBalance)));
            assertEquals(
                    ReceiptCheck.Step.TOGETHER,
                    ReceiptCheck.check(List.of(proof, proofOf(notary, 8))).step());
        }
    }

    @Test
    void statementsGoOnAfterARestartWithTheSameKeyAndStayChained() {
        openLedger();
        issue(10, "");
        byte[] key;
        Statement first;
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            Proof proof = proofOf(notary, 1);
            key = proof.publicKey();
            first = proof.statement();
        }
        issue(20, "");
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            Proof proof = proofOf(notary, log.lastEventSequence());
            assertNull(stepThatFails(proof));
            assertArrayEquals(key, proof.publicKey());
            assertTrue(proof.statement().number() > first.number());
            if (proof.statement().number() == first.number() + 1) {
                assertArrayEquals(first.hash(), proof.statement().previousHash());
            }
        }
    }

    @Test
    void theKeyFileIsItsOwnersAlone() throws Exception {
        SigningKey.open(folder.resolve("signing.key"));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("signing.key"))));
        Files.writeString(folder.resolve("signing.key"), "nonsense\n");
        assertThrows(JournalFailure.class, () -> SigningKey.open(folder.resolve("signing.key")));
    }

    private void statements(int events) {
        openLedger();
        for (int i = 0; i < events; i++) {
            issue(1, "");
        }
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            proofOf(notary, log.lastEventSequence());
        }
    }

    @Test
    void aTornLastStatementIsMadeAgainWithoutAWord() throws Exception {
        statements(3000);
        Path file = folder.resolve("statements");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        try (Notary notary = new Notary(folder, log)) {
            assertEquals("", notary.dropped());
            notary.start();
            assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
        }
    }

    @Test
    void damagedStatementsAreDroppedNamedKeptAsideAndMadeAnew() throws Exception {
        statements(3000);
        Path file = folder.resolve("statements");
        byte[] damaged = Files.readAllBytes(file);
        damaged[StatementFile.RECORD_BYTES + 30] ^= 1;
        Files.write(file, damaged);
        try (Notary notary = new Notary(folder, log)) {
            assertTrue(notary.dropped().contains("from number 2 on"), notary.dropped());
            assertArrayEquals(damaged, Files.readAllBytes(folder.resolve("statements.dropped")));
            assertEquals(1, notary.statementCount());
            notary.start();
            assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
        }
    }

    @Test
    void missingStatementsAreMadeAnewWithTheSameKeyAndOldReceiptsStillHold() throws Exception {
        statements(1500);
        Proof old;
        try (Notary notary = new Notary(folder, log)) {
            old = proofOf(notary, 1_400);
        }
        Files.delete(folder.resolve("statements"));
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
            assertArrayEquals(old.publicKey(), notary.publicKey());
            assertNull(stepThatFails(old));
        }
    }

    @Test
    void statementsAboutEventsThatWereLostAreDropped() {
        statements(1500);
        log.events.subList(1_100, log.events.size()).clear();
        try (Notary notary = new Notary(folder, log)) {
            assertTrue(notary.dropped().contains("the event log ends"), notary.dropped());
            notary.start();
            assertNull(stepThatFails(proofOf(notary, 1_100)));
        }
    }

    @Test
    void aDamagedStatementAboutPrunedEventsStaysWhereItIsAndTheOthersGoOn() throws Exception {
        statements(5_000);
        Path file = folder.resolve("statements");
        byte[] damaged = Files.readAllBytes(file);
        long count = damaged.length / StatementFile.RECORD_BYTES;
        // In the middle of the file, where a search begins.
        damaged[2 * StatementFile.RECORD_BYTES + 30] ^= 1;
        Files.write(file, damaged);
        log.firstKept = 3_073;
        for (int start = 0; start < 2; start++) {
            issue(7, "");
            try (Notary notary = new Notary(folder, log)) {
                assertEquals("1 damaged statements about pruned events, which cannot be made anew", notary.dropped());
                assertTrue(notary.statementCount() >= count, "none was dropped");
                notary.start();
                assertNull(stepThatFails(proofOf(notary, 4_000)));
                assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
                await(() -> notary.uncompared() == 0);
                assertNull(notary.failure());
                assertNull(notary.statementIfSound(3));
                assertNotNull(notary.statementIfSound(4));
            }
        }
        byte[] after = Files.readAllBytes(file);
        assertArrayEquals(damaged, Arrays.copyOf(after, damaged.length));
    }

    @Test
    void aStatementThatIsDamagedWhereThePrunedEventsEndIsSteppedOver() throws Exception {
        statements(5_000);
        Path file = folder.resolve("statements");
        byte[] damaged = Files.readAllBytes(file);
        damaged[StatementFile.RECORD_BYTES + 30] ^= 1;
        Files.write(file, damaged);
        // In the middle of the interval of statement 2.
        log.firstKept = 1_500;
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            assertNull(stepThatFails(proofOf(notary, 4_000)));
            await(() -> notary.uncompared() == 0);
            assertNull(notary.failure());
        }
    }

    @Test
    void statementsThatWereLostWithTheirEventsBeginAnewWithTheFirstEventThatIsKept() throws Exception {
        statements(3_000);
        Files.delete(folder.resolve("statements"));
        log.firstKept = 1_500;
        for (int start = 0; start < 2; start++) {
            try (Notary notary = new Notary(folder, log)) {
                assertEquals("", notary.dropped());
                notary.start();
                assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
                assertEquals(1_500, notary.statement(1).firstEvent());
                assertNull(notary.failure());
            }
            log.firstKept = 1_600;
        }
    }

    @Test
    void statementsThatBeginWithALaterEventAreNotTakenWhereTheEventsAreThere() throws Exception {
        statements(3_000);
        Files.delete(folder.resolve("statements"));
        log.firstKept = 1_500;
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            assertNull(stepThatFails(proofOf(notary, log.lastEventSequence())));
        }
        log.firstKept = 1;
        try (Notary notary = new Notary(folder, log)) {
            assertTrue(notary.dropped().contains("it does not follow"), notary.dropped());
        }
    }

    @Test
    void statementsAreComparedWithTheEventLogAndReceiptsStopWhenTheyDiffer() {
        statements(3000);
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            await(() -> notary.uncompared() == 0);
            assertNull(notary.failure());
        }
        UnsafeBuffer event = log.events.get(99);
        int amount = MessageHeaderDecoder.ENCODED_LENGTH + LegEventDecoder.amountEncodingOffset();
        event.putLong(amount, event.getLong(amount) + 1);
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            await(() -> notary.failure() != null);
            assertTrue(
                    notary.failure().getMessage().contains("statement 1"),
                    notary.failure().getMessage());
            try (EventLog.Reader reader = log.openReader()) {
                assertThrows(JournalFailure.class, () -> notary.prove(reader, 5, 5));
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain");
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void anotherKeyThanTheOneThatSignedIsRefused() throws Exception {
        statements(10);
        Files.delete(folder.resolve("signing.key"));
        JournalFailure refused = assertThrows(JournalFailure.class, () -> new Notary(folder, log));
        assertEquals(JournalFailure.Kind.UNREADABLE, refused.kind());
        assertTrue(refused.getMessage().contains("put the right key back"), refused.getMessage());
    }

    @Test
    void theEventsThatWereFedHoldLegsAndDecisions() {
        openLedger();
        issue(1, "");
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        assertEquals(
                DecisionEventDecoder.TEMPLATE_ID,
                header.wrap(log.events.get(0), 0).templateId());
        assertEquals(
                LegEventDecoder.TEMPLATE_ID, header.wrap(log.events.get(2), 0).templateId());
    }
}
