package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.Commands.Hold;
import io.scrip.ledger.Commands.Terms;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.ledger.ControlCommands.Leg;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Which of several lots came first: when they grow together, and when they expire together. */
class LotAgeTest {
    private static final long CRD = Commands.token("CRD");
    private static final long S = 1_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int A = 2;
    private static final int B = 3;
    private static final int C = 4;

    private long nextId = 5000;

    private void grant(TestLedger ledger, long to, long amount, LotCategory category, int priority, long[] times) {
        Terms terms = new Terms(category, priority, 1, times[0], times[1]);
        ledger.expect(Outcome.APPLIED, Commands.issue(nextId++, Role.OPERATOR, to, CRD, amount, terms));
    }

    /** Amounts that went to breakage, in the order in which they went. */
    private static List<Long> broken(TestLedger ledger) {
        List<Long> amounts = new ArrayList<>();
        for (DirectBuffer event : ledger.events) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, 0);
            if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
                LegEventDecoder leg = new LegEventDecoder().wrapAndApplyHeader(event, 0, header);
                if (leg.kind() == LegKind.BREAKAGE) {
                    amounts.add(leg.amount());
                }
            }
        }
        return amounts;
    }

    @Test
    void lotsThatDifferInWhenTheyMayBeCashedGrowEachWithItsOwnKind() {
        for (int kinds = 2; kinds < 12; kinds++) {
            TestLedger ledger = TestLedger.withWallets(0);
            for (int round = 0; round < 3; round++) {
                for (int kind = 0; kind < kinds; kind++) {
                    grant(ledger, A, 1, LotCategory.PAID, 128, new long[] {NEVER, kind});
                }
            }
            DirectBuffer bytes = ledger.query(Commands.getLots(A, CRD));
            LotsReplyDecoder reply = new LotsReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
            List<Long> amounts = new ArrayList<>();
            for (LotsReplyDecoder.LotsDecoder lot : reply.lots()) {
                assertEquals(amounts.size(), lot.terms().convertibleFrom(), "oldest first");
                amounts.add(lot.amount());
            }
            assertEquals(Collections.nCopies(kinds, 3L), amounts);
        }
    }

    @Test
    void lotsOfOneMovementExpireInTheOrderInWhichTheyWereDelivered() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long expiresNs = ledger.nextTimestampNs() + S;
        // What is burned at once leaves a row behind that the first lot delivered afterwards would not get.
        grant(ledger, A, 8, LotCategory.PAID, 1, new long[] {expiresNs, 0});
        grant(ledger, A, 9, LotCategory.PAID, 2, new long[] {expiresNs, 0});
        ledger.expect(Outcome.APPLIED, Transfer.of(nextId++, A, B, CRD, 17).encode());
        ledger.advanceNs(2 * S);
        ledger.expect(Outcome.APPLIED, Commands.openWallet(nextId++, Role.OPERATOR, "agent:late", 7, 99));
        assertEquals(List.of(8L, 9L), broken(ledger));
    }

    @Test
    void aLotThatCameByOneLegOfSeveralOrByAReversalIsAsYoungAsThat() {
        TestLedger ledger = TestLedger.withWallets(0, 0, 0);
        long expiresNs = ledger.nextTimestampNs() + S;
        grant(ledger, A, 5, LotCategory.PAID, 1, new long[] {expiresNs, 0});
        grant(ledger, C, 7, LotCategory.PAID, 1, new long[] {expiresNs, 0});
        ledger.expect(Outcome.APPLIED, ControlCommands.multi(nextId++, A, new Leg(A, B, CRD, 5)));
        ledger.advanceNs(2 * S);
        ledger.expect(Outcome.APPLIED, Commands.openWallet(nextId++, Role.OPERATOR, "agent:late", 7, 99));
        assertEquals(List.of(7L, 5L), broken(ledger), "C's was there before B's");
    }

    @Test
    void aReplyTellsTheBalancesOfItsOwnEventsNotOfWhatExpiresAfterwards() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        grant(ledger, A, 10, LotCategory.PAID, 1, new long[] {ledger.nextTimestampNs() + S, 0});
        ledger.expect(Outcome.APPLIED, Hold.of(700, A, B, CRD, 10, 60 * S).encode());
        ledger.advanceNs(10 * S);
        int eventsBefore = ledger.events.size();
        DirectBuffer bytes = ledger.apply(Commands.voidHold(701, B, 700));
        CommandReplyDecoder reply = new CommandReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        DirectBuffer event = ledger.events.get(eventsBefore);
        LegEventDecoder leg = new LegEventDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
        assertEquals(LegKind.RELEASE, leg.kind());
        assertEquals(leg.fromBalances().version(), reply.fromBalances().version());
        assertEquals(leg.fromBalances().debitsPosted(), reply.fromBalances().debitsPosted());
        assertEquals(List.of(10L), broken(ledger), "and goes to breakage at once");
        assertEquals(0, ledger.balance(A));
    }
}
