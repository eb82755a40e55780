package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.Commands.Condition;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.ControlCommands.Leg;
import io.scrip.ledger.ControlCommands.Spend;
import io.scrip.ledger.RuleLedger.Said;
import io.scrip.ledger.RuleLedger.Used;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Side;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.TransferKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VelocityLimitTest {
    private static final long UNLIMITED = ControlCommands.UNLIMITED;
    private static final long OPERATOR = ControlCommands.OPERATOR;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HOUR_NS = 3600 * SECOND_NS;
    /** A moment at which buckets of every window begin. */
    private static final long START_NS = 1_800_000_000L / (6 * 3600) * 6 * HOUR_NS;

    private static long bucketNs(SpendingWindow window) {
        return switch (window) {
            case MINUTE -> SECOND_NS;
            case HOUR -> 60 * SECOND_NS;
            case DAY -> HOUR_NS / 4;
            default -> 6 * HOUR_NS;
        };
    }

    private static long buckets(SpendingWindow window) {
        return switch (window) {
            case MINUTE, HOUR -> 60;
            case DAY -> 96;
            default -> 120;
        };
    }

    /** Plays a table of payments; N is the number of buckets, an instant the first or last nanosecond of a bucket. */
    private static void play(SpendingWindow window, long maxCount, long maxSum, String page) {
        RuleLedger ledger = RuleLedger.withWallets(2);
        assertEquals(Outcome.APPLIED, ledger.limit(OPERATOR, 2, window, maxCount, maxSum));
        for (String line : page.lines().skip(1).toList()) {
            String[] cells = line.split("\\|");
            long bucket = bucket(cells[0].trim(), buckets(window));
            boolean last = cells[1].trim().equals("last");
            long start = START_NS + bucket * bucketNs(window);
            ledger.at(last ? start + bucketNs(window) - 1 : start + Long.parseLong(cells[1].trim()));
            Said said = ledger.pay(2, 3, Long.parseLong(cells[2].trim()));
            String where = window + ": " + line;
            assertEquals(Outcome.valueOf(cells[3].trim()), said.outcome(), where);
            if (cells.length > 4) {
                assertEquals(Long.parseLong(cells[4].trim()), said.available(), where);
                assertEquals(window, said.window(), where);
                assertEquals(2, said.wallet(), where);
            }
        }
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    private static long bucket(String text, long buckets) {
        long bucket = 0;
        for (String part : text.split("\\+")) {
            bucket += switch (part) {
                case "N" -> buckets;
                case "2N" -> 2 * buckets;
                case "7N" -> 7 * buckets;
                default -> Long.parseLong(part);
            };
        }
        return bucket;
    }

    @ParameterizedTest
    @EnumSource(names = {"MINUTE", "HOUR", "DAY", "THIRTY_DAYS"})
    void aBucketCountsWholeUntilItIsAsOldAsTheRingIsLong(SpendingWindow window) {
        play(window, UNLIMITED, 100, """
                bucket | instant | amount | outcome            | available
                0      | 0       | 60     | APPLIED
                0      | last    | 41     | SUM_LIMIT_EXCEEDED | 40
                1      | 0       | 40     | APPLIED
                1      | 1       | 1      | SUM_LIMIT_EXCEEDED | 0
                N+-1   | last    | 1      | SUM_LIMIT_EXCEEDED | 0
                N      | 0       | 61     | SUM_LIMIT_EXCEEDED | 60
                N      | 1       | 60     | APPLIED
                N      | last    | 1      | SUM_LIMIT_EXCEEDED | 0
                N+1    | 0       | 40     | APPLIED
                N+1    | last    | 1      | SUM_LIMIT_EXCEEDED | 0
                2N+-1  | last    | 1      | SUM_LIMIT_EXCEEDED | 0
                2N     | 0       | 60     | APPLIED
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"MINUTE", "HOUR", "DAY", "THIRTY_DAYS"})
    void debitsAreCountedWhateverTheirAmount(SpendingWindow window) {
        play(window, 3, UNLIMITED, """
                bucket | instant | amount | outcome              | available
                0      | last    | 1      | APPLIED
                1      | 0       | 500    | APPLIED
                2      | 0       | 7      | APPLIED
                2      | 1       | 1      | COUNT_LIMIT_EXCEEDED | 0
                N+-1   | last    | 1      | COUNT_LIMIT_EXCEEDED | 0
                N      | 0       | 1      | APPLIED
                N      | 1       | 1      | COUNT_LIMIT_EXCEEDED | 0
                N+2    | 0       | 1      | APPLIED
                N+2    | 1       | 1      | APPLIED
                N+2    | 2       | 1      | COUNT_LIMIT_EXCEEDED | 0
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"MINUTE", "HOUR", "DAY", "THIRTY_DAYS"})
    void nothingIsLeftOfAWindowAfterALongSilence(SpendingWindow window) {
        play(window, UNLIMITED, 100, """
                bucket | instant | amount | outcome            | available
                0      | 0       | 50     | APPLIED
                5      | 0       | 50     | APPLIED
                7N+3   | 0       | 101    | SUM_LIMIT_EXCEEDED | 100
                7N+3   | 1       | 100    | APPLIED
                7N+4   | 0       | 1      | SUM_LIMIT_EXCEEDED | 0
                """);
    }

    @Test
    void theCountIsSaidBeforeTheSumAndTheShorterWindowBeforeTheLonger() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.limit(OPERATOR, 2, SpendingWindow.THIRTY_DAYS, 0, UNLIMITED);
        ledger.limit(OPERATOR, 2, SpendingWindow.DAY, 0, UNLIMITED);
        ledger.limit(OPERATOR, 2, SpendingWindow.MINUTE, UNLIMITED, 10);
        assertEquals(
                new Said(Outcome.COUNT_LIMIT_EXCEEDED, 1, 0, 0, SpendingWindow.DAY, 2),
                ledger.at(START_NS).pay(2, 3, 11));
        ledger.limit(OPERATOR, 2, SpendingWindow.DAY, UNLIMITED, 5);
        ledger.limit(OPERATOR, 2, SpendingWindow.THIRTY_DAYS, UNLIMITED, UNLIMITED);
        assertEquals(new Said(Outcome.SUM_LIMIT_EXCEEDED, 11, 10, 10, SpendingWindow.MINUTE, 2), ledger.pay(2, 3, 11));
        assertEquals(new Said(Outcome.SUM_LIMIT_EXCEEDED, 6, 5, 5, SpendingWindow.DAY, 2), ledger.pay(2, 3, 6));
    }

    @Test
    void missingFundsAreSaidBeforeALimit() {
        RuleLedger ledger = new RuleLedger(100, 0);
        ledger.limit(OPERATOR, 2, SpendingWindow.MINUTE, UNLIMITED, 50);
        assertEquals(Outcome.INSUFFICIENT_FUNDS, ledger.pay(2, 3, 101).outcome());
        assertEquals(Outcome.SUM_LIMIT_EXCEEDED, ledger.pay(2, 3, 100).outcome());
    }

    @Test
    void aLimitIsSaidBeforeACondition() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.limit(OPERATOR, 2, SpendingWindow.MINUTE, UNLIMITED, 50);
        List<Condition> never = List.of(new Condition(Side.FROM, Measure.VERSION, Comparison.EQUAL, -1));
        for (long amount : new long[] {51, 50}) {
            Transfer transfer =
                    new Transfer(ledger.nextId(), 2, 2, 3, RuleLedger.CRD, amount, 0, false, false, never, "", "");
            assertEquals(
                    amount == 51 ? Outcome.SUM_LIMIT_EXCEEDED : Outcome.CONDITION_FAILED,
                    ledger.say(transfer.encode()).outcome());
        }
        assertEquals(0, ledger.controls(2).limits().get(0).count(), "what a condition refuses is not counted");
    }

    @Test
    void asMuchAsAvailableIsClampedByTheBalanceAndNotByALimit() {
        RuleLedger ledger = new RuleLedger(100, 0);
        ledger.limit(OPERATOR, 2, SpendingWindow.MINUTE, UNLIMITED, 50);
        Transfer upTo = new Transfer(ledger.nextId(), 2, 2, 3, RuleLedger.CRD, 1000, 0, false, true, List.of(), "", "");
        assertEquals(
                new Said(Outcome.SUM_LIMIT_EXCEEDED, 100, 50, 50, SpendingWindow.MINUTE, 2), ledger.say(upTo.encode()));
    }

    @Test
    void aHoldCountsWhenItIsPlacedAndNeitherItsCaptureNorItsEndChangesThat() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.limit(OPERATOR, 2, SpendingWindow.HOUR, UNLIMITED, 100);
        ledger.at(START_NS);
        Spend hold = Spend.of(2, 3, RuleLedger.CRD, 30).held(10 * SECOND_NS);
        assertEquals(Outcome.APPLIED, ledger.spend(hold).outcome());
        long captured = ledger.lastId();
        assertEquals(Outcome.APPLIED, ledger.spend(hold).outcome());
        long voided = ledger.lastId();
        assertEquals(Outcome.APPLIED, ledger.spend(hold).outcome());
        assertEquals(10, ledger.spend(hold).available());
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.post(ledger.nextId(), 3, captured, 0))
                        .outcome());
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.voidHold(ledger.nextId(), 3, voided)).outcome());
        ledger.at(START_NS + 20 * SECOND_NS);
        assertEquals(10, ledger.pay(2, 3, 11).available(), "the third has expired");
        assertEquals(
                List.of(new Used(0, SpendingWindow.HOUR, UNLIMITED, 100, 3, 90)),
                ledger.controls(2).limits());
    }

    @Test
    void theSendersFeeIsSpendingAndTheReceiversIsNot() {
        RuleLedger ledger = RuleLedger.withWallets(3);
        ledger.say(ControlCommands.setFee(ledger.nextId(), TransferKind.TIP, FeePayer.SENDER, 1000, 4));
        ledger.say(ControlCommands.setFee(ledger.nextId(), TransferKind.CREDIT, FeePayer.RECEIVER, 1000, 4));
        ledger.limit(OPERATOR, 2, SpendingWindow.HOUR, UNLIMITED, 210);
        Spend spend = Spend.of(2, 3, RuleLedger.CRD, 100);
        assertEquals(
                Outcome.APPLIED, ledger.spend(spend.kind(TransferKind.CREDIT)).outcome());
        assertEquals(100, ledger.controls(2).limits().get(0).sum());
        assertEquals(Outcome.APPLIED, ledger.spend(spend.kind(TransferKind.TIP)).outcome());
        assertEquals(210, ledger.controls(2).limits().get(0).sum());
        ledger.limit(OPERATOR, 2, SpendingWindow.HOUR, UNLIMITED, 319);
        assertEquals(
                new Said(Outcome.SUM_LIMIT_EXCEEDED, 110, 109, 319, SpendingWindow.HOUR, 2),
                ledger.spend(spend.kind(TransferKind.TIP).held(SECOND_NS)));
        assertEquals(2, ledger.controls(2).limits().get(0).count(), "the fee's leg is no debit of its own");
    }

    @Test
    void issuesReversalsAndWhatStaysInTheWalletAreNoSpending() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.limit(OPERATOR, 3, SpendingWindow.HOUR, 0, 0);
        assertEquals(Outcome.APPLIED, ledger.pay(2, 3, 50).outcome());
        Leg original = new Leg(2, 3, RuleLedger.CRD, 50);
        assertEquals(
                Outcome.APPLIED,
                ledger.say(ControlCommands.reverse(ledger.nextId(), 3, ledger.lastId() - 1, original))
                        .outcome());
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(3, 3, RuleLedger.CRD, 50).between(0, 300)).outcome());
        assertEquals(Outcome.COUNT_LIMIT_EXCEEDED, ledger.pay(3, 2, 1).outcome());
        assertEquals(
                Outcome.APPLIED,
                ledger.spend(Spend.of(3, 2, RuleLedger.CRD, 50).between(300, 0)).outcome(),
                "another account has limits of its own");
    }

    @Test
    void aDryRunIsCheckedAndNotCounted() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.limit(OPERATOR, 2, SpendingWindow.HOUR, 1, 100);
        long before = ledger.stateHash();
        Spend dry = Spend.of(2, 3, RuleLedger.CRD, 100).dry();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Outcome.APPLIED,
                    RuleLedger.decode(ledger.ledger.query(ControlCommands.spend(ledger.nextId(), dry)))
                            .outcome());
        }
        Spend tooMuch = Spend.of(2, 3, RuleLedger.CRD, 101).dry();
        assertEquals(
                Outcome.SUM_LIMIT_EXCEEDED,
                RuleLedger.decode(ledger.ledger.query(ControlCommands.spend(ledger.nextId(), tooMuch)))
                        .outcome());
        assertEquals(before, ledger.stateHash());
    }

    @Test
    void aChangedLimitGoesOnCountingAndARemovedOneIsForgotten() {
        RuleLedger ledger = RuleLedger.withWallets(2);
        ledger.at(START_NS);
        ledger.limit(OPERATOR, 2, SpendingWindow.DAY, 10, 100);
        ledger.pay(2, 3, 80);
        assertEquals(Outcome.APPLIED, ledger.limit(OPERATOR, 2, SpendingWindow.DAY, UNLIMITED, 70));
        assertEquals(new Said(Outcome.SUM_LIMIT_EXCEEDED, 1, 0, 70, SpendingWindow.DAY, 2), ledger.pay(2, 3, 1));
        assertEquals(Outcome.APPLIED, ledger.limit(OPERATOR, 2, SpendingWindow.DAY, UNLIMITED, UNLIMITED));
        assertEquals(List.of(), ledger.controls(2).limits());
        assertEquals(Outcome.APPLIED, ledger.pay(2, 3, 1000).outcome());
        assertEquals(Outcome.APPLIED, ledger.limit(OPERATOR, 2, SpendingWindow.DAY, UNLIMITED, 100));
        assertEquals(Outcome.APPLIED, ledger.pay(2, 3, 100).outcome());
        assertEquals(Outcome.SUM_LIMIT_EXCEEDED, ledger.pay(2, 3, 1).outcome());
        assertEquals(ledger.stateHash(), ledger.replayedHash());
    }

    @Test
    void aSumThatWouldOverflowIsRefusedEvenWithoutACap() {
        long half = 1L << 62;
        RuleLedger ledger = new RuleLedger(half, 0);
        ledger.limit(OPERATOR, 2, SpendingWindow.DAY, 1000, UNLIMITED);
        ledger.at(START_NS);
        Spend hold = Spend.of(2, 3, RuleLedger.CRD, half).held(SECOND_NS);
        assertEquals(Outcome.APPLIED, ledger.spend(hold).outcome());
        ledger.at(START_NS + 2 * SECOND_NS);
        assertEquals(
                new Said(Outcome.SUM_LIMIT_EXCEEDED, half, half - 1, UNLIMITED, SpendingWindow.DAY, 2),
                ledger.spend(hold));
        assertEquals(Outcome.APPLIED, ledger.pay(2, 3, half - 1).outcome());
    }
}
