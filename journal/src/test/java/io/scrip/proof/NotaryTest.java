package io.scrip.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
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

    private static Proof proofOf(Notary notary, long eventSequence) {
        long deadlineNs = System.nanoTime() + 20_000_000_000L;
        Proof proof = notary.prove(eventSequence);
        while (proof == null && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(5_000_000);
            proof = notary.prove(eventSequence);
        }
        assertNotNull(proof, "no proof of event " + eventSequence);
        return proof;
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
                assertTrue(proof.holds());
                OpenedLeaf opened = proof.opened();
                Leaf leaf = opened.leaf();
                if (leaf.leg()) {
                    assertArrayEquals(leaf.second(), Commitment.ofBalances(opened.toSalt(), opened.to()));
                    assertArrayEquals(leaf.first(), Commitment.ofBalances(opened.fromSalt(), opened.from()));
                    assertArrayEquals(
                            leaf.third(),
                            Commitment.ofTexts(opened.textsSalt(), opened.reference(), opened.metadata()));
                    assertEquals("order " + (leaf.amount() - 1), opened.reference());
                }
            }
            assertNull(notary.prove(log.lastEventSequence() + 1));
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
            Leaf leaf = proof.opened().leaf();
            Leaf richer = new Leaf(
                    leaf.eventSequence(),
                    leaf.sequence(),
                    leaf.timestampNs(),
                    leaf.idHigh(),
                    leaf.idLow(),
                    leaf.leg(),
                    leaf.outcome(),
                    leaf.kind(),
                    leaf.legIndex(),
                    leaf.legCount(),
                    leaf.token(),
                    leaf.amount() + 1,
                    leaf.fee(),
                    leaf.from(),
                    leaf.to(),
                    leaf.fromAccount(),
                    leaf.toAccount(),
                    leaf.first(),
                    leaf.second(),
                    leaf.third());
            assertFalse(Proof.holds(richer, proof.path(), proof.statement(), proof.publicKey()));
            Leaf other = proofOf(notary, 8).opened().leaf();
            assertFalse(Proof.holds(other, proof.path(), proof.statement(), proof.publicKey()));
            List<byte[]> path = new ArrayList<>(proof.path());
            path.set(0, new byte[32]);
            assertFalse(Proof.holds(leaf, path, proof.statement(), proof.publicKey()));
            Statement signed = proof.statement();
            Statement longer = new Statement(
                    signed.number(),
                    signed.firstEvent(),
                    signed.lastEvent() + 1,
                    signed.root(),
                    signed.previousHash(),
                    signed.signature());
            assertFalse(Proof.holds(leaf, proof.path(), longer, proof.publicKey()));
            byte[] stranger = SigningKey.open(folder.resolve("other.key")).publicKey();
            assertFalse(Proof.holds(leaf, proof.path(), signed, stranger));
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
            assertTrue(proof.holds());
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

    @Test
    void aTornLastStatementIsDroppedAndADamagedOneInTheMiddleIsNot() throws Exception {
        openLedger();
        for (int i = 0; i < 3000; i++) {
            issue(1, "");
        }
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            proofOf(notary, log.lastEventSequence());
        }
        Path file = folder.resolve("statements");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
        try (Notary notary = new Notary(folder, log)) {
            notary.start();
            assertTrue(proofOf(notary, log.lastEventSequence()).holds());
        }
        byte[] damaged = whole.clone();
        damaged[StatementFile.RECORD_BYTES + 30] ^= 1;
        Files.write(file, damaged);
        try (Notary notary = new Notary(folder, log)) {
            long inSecond = Notary.MAX_EVENTS + 5;
            assertThrows(JournalFailure.class, () -> notary.prove(inSecond));
        }
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
