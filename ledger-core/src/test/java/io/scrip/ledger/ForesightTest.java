package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private static final long CRD = Commands.token("CRD");

    private final TestLedger ledger = TestLedger.withWallets(50, 70);

    @Test
    void lookingAheadTakesAnyBytesAndChangesNothing() {
        LedgerState state = new LedgerState(Retention.STANDARD);
        state.tokens.register(CRD, 6, true);
        for (byte name = 'a'; name < 'g'; name++) {
            state.wallets.open(new UnsafeBuffer(new byte[] {name}), 0, 1, 0, 0);
        }
        state.openAccount(2, 0, Accounts.MAIN, 0);
        long hash = Hashing.mix(
                state.accounts.table().digest(), state.wallets.table().digest());
        Foresight foresight = new Foresight(state);
        List<DirectBuffer> commands = List.of(
                Transfer.of(1_000, 2, 3, CRD, 5).encode(),
                Commands.issue(1_001, Role.OPERATOR, 2, CRD, 5),
                Commands.openWallet(1_002, Role.OPERATOR, "somebody else", 1, 2));
        Random random = new Random(3);
        for (int round = 0; round < 60_000; round++) {
            byte[] bytes = commands.get(round % commands.size()).byteArray().clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int offset = random.nextInt(bytes.length);
            foresight.note(new UnsafeBuffer(bytes), offset, random.nextInt(bytes.length - offset + 1));
            foresight.note(new UnsafeBuffer(bytes), 0, random.nextInt(bytes.length + 1));
            foresight.look();
        }
        assertEquals(
                hash,
                Hashing.mix(
                        state.accounts.table().digest(), state.wallets.table().digest()));
    }

    @Test
    void namingACommandAheadChangesNothing() {
        long hash = ledger.processor.stateHash();
        DirectBuffer transfer = Transfer.of(1_000, 2, 3, CRD, 5).encode();
        ledger.processor.foresee(transfer, 0, transfer.capacity());
        assertEquals(hash, ledger.processor.stateHash());
        ledger.expect(Outcome.APPLIED, transfer);
    }

    @Test
    void itLooksAtBothAccountsAndAtTheId() {
        LedgerState state = new LedgerState(Retention.STANDARD);
        Foresight foresight = new Foresight(state);
        state.tokens.register(CRD, 6, true);
        int row = state.openAccount(Wallets.PLATFORM_ROW, 0, Accounts.MAIN, 0);
        DirectBuffer transfer = Transfer.of(9, 1, 2, CRD, 5).encode();
        look(foresight, transfer);
        long before = foresight.seen;
        state.accounts.table().set(row, 0, 3);
        look(foresight, transfer);
        assertNotEquals(2 * before, foresight.seen, "the payer's account");
        before = foresight.seen;
        state.ids.put(0x123, 0x456, 7, 0, 1, 1);
        DirectBuffer known = new UnsafeBuffer(transfer.byteArray().clone());
        ((UnsafeBuffer) known).putLong(MessageShape.ID_HIGH_OFFSET, 0x123);
        ((UnsafeBuffer) known).putLong(MessageShape.ID_LOW_OFFSET, 0x456);
        look(foresight, known);
        assertTrue(foresight.seen != 0 && before != foresight.seen);
    }

    @Test
    void itLooksForTheOwnerOfAWalletThatIsOpened() {
        LedgerState state = new LedgerState(Retention.STANDARD);
        Foresight foresight = new Foresight(state);
        DirectBuffer open = Commands.openWallet(9, Role.OPERATOR, "w", 1, 2);
        look(foresight, open);
        assertEquals(0, foresight.seen, "nobody of that name");
        state.wallets.open(new UnsafeBuffer(new byte[] {'w'}), 0, 1, 0, 0);
        look(foresight, open);
        assertNotEquals(0, foresight.seen);
    }

    @Test
    void itLooksForTheAccountThatIsIssuedTo() {
        LedgerState state = new LedgerState(Retention.STANDARD);
        Foresight foresight = new Foresight(state);
        state.tokens.register(CRD, 6, true);
        int wallet = state.wallets.open(new UnsafeBuffer(new byte[] {'w'}), 0, 1, 0, 0);
        DirectBuffer issue = Commands.issue(9, Role.OPERATOR, Wallets.numberOf(wallet), CRD, 5);
        look(foresight, issue);
        assertEquals(0, foresight.seen, "no account yet, and its place in the index is empty");
        int row = state.accounts.open(wallet, 0, Accounts.MAIN, 0, Accounts.NO_CEILING, -1, 0);
        look(foresight, issue);
        assertNotEquals(0, foresight.seen, "its place in the index");
        long ofIndex = foresight.seen;
        state.wallets.addAccount(wallet, row, true);
        state.accounts.table().set(row, 0, 3);
        look(foresight, issue);
        assertNotEquals(2 * ofIndex, foresight.seen, "its row");
    }

    private static void look(Foresight foresight, DirectBuffer command) {
        foresight.note(command, 0, command.capacity());
        foresight.look();
    }

    @Test
    void itTakesMoreCommandsThanItNotes() {
        LedgerState state = new LedgerState(Retention.STANDARD);
        state.tokens.register(CRD, 6, true);
        int row = state.openAccount(Wallets.PLATFORM_ROW, 0, Accounts.MAIN, 0);
        state.accounts.table().set(row, 0, 1);
        Foresight foresight = new Foresight(state);
        DirectBuffer transfer = Transfer.of(9, 1, 2, CRD, 5).encode();
        look(foresight, transfer);
        long ofOne = foresight.seen;
        for (int i = 0; i < Foresight.MOST_NOTED + 3; i++) {
            foresight.note(transfer, 0, transfer.capacity());
        }
        foresight.look();
        assertEquals((1 + Foresight.MOST_NOTED) * ofOne, foresight.seen);
        foresight.look();
        assertEquals((1 + Foresight.MOST_NOTED) * ofOne, foresight.seen, "each is looked at once");
    }

    /** The row was given back with zeros in it, which is the key of the platform's account in the first token. */
    @Test
    void anAccountWhoseOpeningWasTakenBackIsNotFoundWhereItWas() {
        DirectBuffer chain = Commands.batch(
                Role.WALLET,
                2,
                List.of(
                        new Item(true, Transfer.of(500, 2, 1, CRD, 1).encode()),
                        new Item(false, Transfer.of(501, 2, 3, CRD, 1_000).encode())));
        ledger.apply(chain);
        ledger.expect(Outcome.APPLIED, Transfer.of(502, 2, 1, CRD, 4).encode());
        ledger.expect(Outcome.APPLIED, Transfer.of(503, 1, 3, CRD, 3).encode(Role.SYSTEM));
        ledger.expect(Outcome.INSUFFICIENT_FUNDS, Transfer.of(504, 1, 3, CRD, 2).encode(Role.SYSTEM));
        assertTrue(ledger.processor.trialBalance().isZero());
        long hash = ledger.processor.stateHash();
        ledger.restart();
        assertEquals(hash, ledger.processor.stateHash());
        ledger.expect(Outcome.APPLIED, Transfer.of(505, 1, 3, CRD, 1).encode(Role.SYSTEM));
    }
}
