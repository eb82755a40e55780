package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Hold;
import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Terms;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class LotsTest {
    private static final long CRD = Commands.token("CRD");
    private static final long S = 1_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int A = 2;
    private static final int B = 3;

    private long nextId = 5000;

    private static Terms paid(int priority, long expires, long convertible) {
        return new Terms(LotCategory.PAID, priority, 0, expires, convertible);
    }

    private static Terms bonus(int priority, long effective, long expires) {
        return new Terms(LotCategory.PROMOTIONAL, priority, effective, expires, 0);
    }

    private void grant(TestLedger ledger, long to, long amount, Terms terms) {
        ledger.expect(Outcome.APPLIED, Commands.issue(nextId++, Role.OPERATOR, to, CRD, amount, terms));
    }

    private void pay(TestLedger ledger, long from, long to, long amount) {
        ledger.expect(
                Outcome.APPLIED, Transfer.of(nextId++, from, to, CRD, amount).encode());
    }

    /** The lots of a wallet as text: amount, category's first letter, priority. */
    private static List<String> lots(TestLedger ledger, long wallet) {
        List<String> lines = new ArrayList<>();
        DirectBuffer bytes = ledger.query(Commands.getLots(wallet, CRD));
        LotsReplyDecoder reply = new LotsReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
            LotTermsDecoder terms = lot.terms();
            lines.add(lot.amount() + " " + terms.category() + " " + terms.priority());
        }
        return lines;
    }

    private static void checkReplay(TestLedger ledger) {
        TestLedger copy = ledger.replayed(Retention.STANDARD);
        assertEquals(ledger.processor.stateHash(), copy.processor.stateHash());
        assertEquals(ledger.events, copy.events);
        ledger.checkRestarts();
        assertTrue(ledger.processor.trialBalance().isZero());
    }

    @Test
    void lotsBurnInTheOrderOfTheSpecification() {
        TestLedger ledger = TestLedger.withWallets(1, 0);
        long now = ledger.nextTimestampNs();
        grant(ledger, A, 1, paid(200, NEVER, 0));
        grant(ledger, A, 2, paid(128, NEVER, 0));
        grant(ledger, A, 4, bonus(128, 0, NEVER));
        grant(ledger, A, 8, paid(128, now + 900 * S, 0));
        grant(ledger, A, 16, bonus(128, 0, now + 900 * S));
        grant(ledger, A, 32, paid(128, now + 100 * S, 0));
        grant(ledger, A, 64, paid(1, NEVER, 0));
        assertEquals(
                List.of(
                        "64 PAID 1",
                        "32 PAID 128",
                        "16 PROMOTIONAL 128",
                        "8 PAID 128",
                        "4 PROMOTIONAL 128",
                        "2 PAID 128",
                        "1 PAID 200"),
                lots(ledger, A));
        pay(ledger, A, B, 64 + 32 + 16 + 8 + 4);
        assertEquals(List.of("2 PAID 128", "1 PAID 200"), lots(ledger, A));
        pay(ledger, A, B, 1);
        assertEquals(List.of("2 PAID 128", "1 PAID 200"), lots(ledger, A), "plain value burns before a like lot");
        pay(ledger, A, B, 2);
        assertEquals(List.of("1 PAID 200"), lots(ledger, A));
        checkReplay(ledger);
    }

    @Test
    void termsTravelWithATransferSoThatABonusNeverTurnsIntoCash() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        grant(ledger, A, 10, bonus(128, 0, NEVER));
        pay(ledger, A, B, 4);
        assertEquals(List.of("6 PROMOTIONAL 128"), lots(ledger, A));
        assertEquals(List.of("4 PROMOTIONAL 128"), lots(ledger, B));
        pay(ledger, A, B, 6);
        assertEquals(List.of("10 PROMOTIONAL 128"), lots(ledger, B), "lots of the same terms grow together");
        checkReplay(ledger);
    }

    @Test
    void aLotIsGoodFromItsEffectiveTimeUpToItsExpiryToTheNanosecond() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long now = ledger.nextTimestampNs();
        grant(ledger, A, 10, bonus(128, now + 100, now + 200));
        ledger.advanceNs(now + 98 - (ledger.nextTimestampNs() - 1));
        assertEquals(
                Outcome.INSUFFICIENT_FUNDS,
                ledger.answer(Transfer.of(899, A, B, CRD, 1).encode()).outcome());
        assertEquals(
                Outcome.APPLIED,
                ledger.answer(Transfer.of(900, A, B, CRD, 1).encode()).outcome());
        ledger.advanceNs(now + 198 - (ledger.nextTimestampNs() - 1));
        assertEquals(
                Outcome.APPLIED,
                ledger.answer(Transfer.of(901, A, B, CRD, 1).encode()).outcome());
        assertEquals(
                Outcome.INSUFFICIENT_FUNDS,
                ledger.answer(Transfer.of(902, A, B, CRD, 1).encode()).outcome());
        assertEquals(0, ledger.balance(A));
        assertEquals(0, ledger.balance(B), "what was passed on expires too");
        checkReplay(ledger);
    }

    @Test
    void aVoidedHoldGivesBackTheVeryLotsItHadSetAside() {
        TestLedger ledger = TestLedger.withWallets(5, 0);
        long now = ledger.nextTimestampNs();
        grant(ledger, A, 10, bonus(10, 0, now + 500 * S));
        grant(ledger, A, 20, paid(20, NEVER, now + 30 * S));
        List<String> before = lots(ledger, A);
        ledger.expect(Outcome.APPLIED, Hold.of(700, A, B, CRD, 33, 60 * S).encode());
        assertEquals(List.of(), lots(ledger, A));
        ledger.expect(Outcome.APPLIED, Commands.voidHold(701, B, 700));
        assertEquals(before, lots(ledger, A));
        assertEquals(35, ledger.balance(A));
        checkReplay(ledger);
    }

    @Test
    void whatExpiredWhileItWasHeldGoesToBreakageWhenReleasedAndAliveWhenCaptured() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long now = ledger.nextTimestampNs();
        grant(ledger, A, 10, bonus(10, 0, now + 5 * S));
        grant(ledger, A, 20, bonus(20, 0, now + 6 * S));
        ledger.expect(Outcome.APPLIED, Hold.of(700, A, B, CRD, 30, 60 * S).encode());
        ledger.advanceNs(10 * S);
        ledger.expect(Outcome.APPLIED, Commands.postHold(701, B, 700, 12, false));
        assertEquals(List.of("10 PROMOTIONAL 10", "2 PROMOTIONAL 20"), lots(ledger, B));
        ledger.expect(Outcome.APPLIED, Commands.voidHold(702, B, 700));
        assertEquals(List.of(), lots(ledger, A));
        assertEquals(0, ledger.balance(A), "the rest had expired");
        assertEquals(12, ledger.balance(B));
        checkReplay(ledger);
    }

    @Test
    void aHoldThatExpiresGivesBackItsLots() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        grant(ledger, A, 10, bonus(10, 0, NEVER));
        ledger.expect(Outcome.APPLIED, Hold.of(700, A, B, CRD, 7, S).encode());
        ledger.advanceNs(2 * S);
        pay(ledger, A, B, 10);
        assertEquals(List.of("10 PROMOTIONAL 10"), lots(ledger, B));
        checkReplay(ledger);
    }

    @Test
    void aReversalRestoresTheLotsThatWereSpentLastSpentFirst() {
        TestLedger ledger = TestLedger.withWallets(50, 0);
        grant(ledger, A, 10, bonus(10, 0, NEVER));
        grant(ledger, A, 20, paid(20, NEVER, 77));
        pay(ledger, A, B, 35);
        long paymentId = nextId - 1;
        ledger.expect(Outcome.APPLIED, reversal(ledger, paymentId, 10));
        assertEquals(List.of("5 PAID 20"), lots(ledger, A), "5 plain and 5 of the paid lot");
        assertEquals(List.of("10 PROMOTIONAL 10", "15 PAID 20"), lots(ledger, B));
        ledger.expect(Outcome.APPLIED, reversal(ledger, paymentId, 25));
        assertEquals(List.of("10 PROMOTIONAL 10", "20 PAID 20"), lots(ledger, A));
        assertEquals(80, ledger.balance(A));
        assertEquals(
                Outcome.EXCEEDS_ORIGINAL,
                ledger.answer(reversal(ledger, paymentId, 1)).outcome());
        checkReplay(ledger);
    }

    @Test
    void aReversalPaidWithABonusGivesBackABonus() {
        TestLedger ledger = TestLedger.withWallets(100, 0, 0);
        pay(ledger, A, B, 100);
        long paymentId = nextId - 1;
        pay(ledger, B, 4, 100);
        grant(ledger, B, 100, bonus(128, 0, NEVER));
        ledger.expect(Outcome.APPLIED, reversal(ledger, paymentId, 100));
        assertEquals(List.of("100 PROMOTIONAL 128"), lots(ledger, A));
        checkReplay(ledger);
    }

    @Test
    void aFailedChainPutsEveryLotBack() {
        TestLedger ledger = TestLedger.withWallets(5, 0);
        grant(ledger, A, 10, bonus(10, 0, NEVER));
        grant(ledger, A, 20, paid(20, NEVER, 77));
        List<String> before = lots(ledger, A);
        List<Item> items = List.of(
                new Item(true, Transfer.of(800, A, B, CRD, 15).encode()),
                new Item(true, Hold.of(801, A, B, CRD, 10, S).encode()),
                new Item(false, Transfer.of(802, A, B, CRD, 500).encode()));
        assertNotEquals(
                Outcome.APPLIED,
                ledger.batch(Commands.batch(Role.WALLET, A, items)).get(2).outcome());
        assertEquals(before, lots(ledger, A));
        assertEquals(List.of(), lots(ledger, B));
        pay(ledger, A, B, 35);
        checkReplay(ledger);
    }

    @Test
    void termsThatCannotBeAreRefused() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long now = ledger.nextTimestampNs();
        List<Terms> bad = List.of(
                new Terms(LotCategory.PLAIN, 1, 0, 0, 0),
                new Terms(LotCategory.PLAIN, 0, 0, 5, 0),
                bonus(128, 0, now - 1),
                bonus(128, now + 500, now + 500),
                bonus(128, -1, NEVER),
                paid(128, NEVER, -1));
        for (Terms terms : bad) {
            ledger.expect(Outcome.BAD_TERMS, Commands.issue(nextId++, Role.OPERATOR, A, CRD, 1, terms));
        }
        assertEquals(0, ledger.balance(A));
    }

    @Test
    void aMovementOfTooManyPiecesIsRefusedAndASmallerOneIsNot() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long now = ledger.nextTimestampNs();
        for (int i = 0; i < LotPieces.MAX_PIECES + 10; i++) {
            grant(ledger, A, 1, bonus(128, 0, now + 1000 * S + i));
        }
        ledger.expect(
                Outcome.TOO_MANY_LOTS,
                Transfer.of(nextId++, A, B, CRD, LotPieces.MAX_PIECES + 1).encode());
        pay(ledger, A, B, LotPieces.MAX_PIECES);
        assertEquals(LotPieces.MAX_PIECES, ledger.balance(B));
        checkReplay(ledger);
    }

    @Test
    void anyMixOfMovementsKeepsEveryLotAccountedFor() {
        for (long seed = 1; seed <= 40; seed++) {
            randomRun(seed);
        }
    }

    private void randomRun(long seed) {
        TestLedger ledger = TestLedger.withWallets(40, 40, 40);
        long x = seed * 0x9E3779B97F4A7C15L;
        List<Long> holds = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
            long from = 2 + Long.remainderUnsigned(x >>> 8, 3);
            long to = 2 + Long.remainderUnsigned(x >>> 16, 3);
            long amount = 1 + Long.remainderUnsigned(x >>> 24, 30);
            long now = ledger.nextTimestampNs();
            switch ((int) Long.remainderUnsigned(x, 7)) {
                case 0 ->
                    ledger.apply(Commands.issue(
                            nextId++, Role.OPERATOR, to, CRD, amount, bonus((int) amount, 0, now + amount * 10)));
                case 1 ->
                    ledger.apply(Commands.issue(
                            nextId++,
                            Role.OPERATOR,
                            to,
                            CRD,
                            amount,
                            new Terms(LotCategory.PAID, 128, now + 20, NEVER, 5)));
                case 2 -> {
                    holds.add(nextId);
                    ledger.apply(
                            Hold.of(nextId++, from, to, CRD, amount, amount * 5).encode());
                }
                case 3 -> {
                    if (!holds.isEmpty()) {
                        long hold = holds.get((int) Long.remainderUnsigned(x >>> 32, holds.size()));
                        ledger.apply(Commands.postHold(nextId++, to, hold, amount / 2, amount % 3 == 0));
                    }
                }
                case 4 -> {
                    if (!holds.isEmpty()) {
                        ledger.apply(Commands.voidHold(nextId++, to, holds.get(holds.size() - 1)));
                    }
                }
                default ->
                    ledger.apply(Transfer.of(nextId++, from, to, CRD, amount).encode());
            }
            ledger.advanceNs(Long.remainderUnsigned(x >>> 40, 12));
            for (int wallet = 2; wallet <= 4; wallet++) {
                checkSums(ledger, wallet, "seed " + seed + " step " + step);
            }
        }
        checkReplay(ledger);
    }

    private static void checkSums(TestLedger ledger, long wallet, String where) {
        DirectBuffer bytes = ledger.query(Commands.getLots(wallet, CRD));
        LotsReplyDecoder reply = new LotsReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        long sum = 0;
        for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
            assertTrue(lot.amount() > 0, where);
            sum += lot.amount();
        }
        assertEquals(reply.inLots(), sum, where);
        assertTrue(reply.inLots() <= reply.posted(), where);
    }

    /** As the gateway makes it: the original is read from the events. */
    private DirectBuffer reversal(TestLedger ledger, long originalId, long amount) {
        for (DirectBuffer event : ledger.events) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, 0);
            if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
                LegEventDecoder leg = new LegEventDecoder().wrapAndApplyHeader(event, 0, header);
                if (leg.id().low() == originalId) {
                    return Commands.reverse(nextId++, leg, amount);
                }
            }
        }
        throw new AssertionError("no event of " + originalId);
    }
}
