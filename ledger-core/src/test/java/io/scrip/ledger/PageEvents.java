package io.scrip.ledger;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Adds all legs of a page up again, account by account, and compares with the balances that stand in each: the events
 * alone must tell the whole story. Also follows the chain from each leg to the account's previous one, and counts legs.
 */
final class PageEvents {
    private static final class Totals {
        long debitsPosted;
        long creditsPosted;
        long debitsPending;
        long creditsPending;
        long withheld;
        long lastEvent;
    }

    private final Map<String, Totals> accounts = new HashMap<>();
    private int expectedLeg;
    private int legCount;

    private PageEvents() {}

    static void check(List<DirectBuffer> events) {
        PageEvents story = new PageEvents();
        for (int i = 0; i < events.size(); i++) {
            DirectBuffer event = events.get(i);
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, 0);
            if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
                story.leg(new LegEventDecoder().wrapAndApplyHeader(event, 0, header), i + 1);
            } else {
                DecisionEventDecoder decision = new DecisionEventDecoder().wrapAndApplyHeader(event, 0, header);
                PageFailure.check(decision.eventSequence() == i + 1, "event " + (i + 1) + " has another sequence");
                PageFailure.check(story.expectedLeg == story.legCount, "a decision between two legs of one");
            }
        }
        PageFailure.check(story.expectedLeg == story.legCount, "the last legs are missing");
    }

    private void leg(LegEventDecoder leg, long sequence) {
        PageFailure.check(leg.eventSequence() == sequence, "event " + sequence + " has another sequence");
        PageFailure.check(leg.outcome() == Outcome.APPLIED, "a leg of what was not applied");
        if (expectedLeg == legCount) {
            expectedLeg = 0;
            legCount = leg.legCount();
        }
        PageFailure.check(
                leg.legIndex() == expectedLeg && leg.legCount() == legCount,
                "leg " + leg.legIndex() + " of " + leg.legCount() + " where " + expectedLeg + " of " + legCount
                        + " was due");
        expectedLeg++;
        Totals from = totals(leg.token(), leg.from(), leg.fromAccount());
        Totals to = totals(leg.token(), leg.to(), leg.toAccount());
        PageFailure.check(
                leg.previousFromEvent() == from.lastEvent && leg.previousToEvent() == to.lastEvent,
                "event " + sequence + " does not follow its accounts' last legs");
        boolean fromReserved = leg.kind() == LegKind.FEE
                && leg.fromBalances().debitsPending() == from.debitsPending - leg.amount()
                && leg.holdId().low() != 0;
        apply(leg.kind(), leg.amount(), fromReserved, from, to);
        withhold(leg, from, to);
        from.lastEvent = sequence;
        to.lastEvent = sequence;
        same(sequence, from, leg.fromBalances());
        same(sequence, to, leg.toBalances());
    }

    private static void apply(LegKind kind, long amount, boolean fromReserved, Totals from, Totals to) {
        if (kind == LegKind.EFFECTIVE) {
            return;
        }
        boolean reserves = kind == LegKind.HOLD;
        boolean givesBack = kind == LegKind.RELEASE || kind == LegKind.EXPIRY;
        if (reserves || givesBack || kind == LegKind.CAPTURE || fromReserved) {
            long pending = reserves ? amount : -amount;
            from.debitsPending += pending;
            to.creditsPending += pending;
        }
        if (!reserves && !givesBack) {
            from.debitsPosted += amount;
            to.creditsPosted += amount;
        }
    }

    /** What is not good yet moves as such; the platform's purses take value without its terms. */
    private static void withhold(LegEventDecoder leg, Totals from, Totals to) {
        long notYet = 0;
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            notYet += lot.terms().effectiveAt() > leg.timestamp() ? lot.amount() : 0;
        }
        if (leg.kind() == LegKind.EFFECTIVE) {
            from.withheld -= leg.amount();
            return;
        }
        from.withheld -= leg.kind() == LegKind.ISSUE ? 0 : notYet;
        to.withheld += leg.to() == Wallets.PLATFORM ? 0 : notYet;
    }

    private Totals totals(long token, long wallet, int account) {
        return accounts.computeIfAbsent(token + "/" + wallet + "/" + account, key -> new Totals());
    }

    private static void same(long sequence, Totals totals, BalancesDecoder balances) {
        PageFailure.check(
                totals.debitsPosted == balances.debitsPosted()
                        && totals.creditsPosted == balances.creditsPosted()
                        && totals.debitsPending == balances.debitsPending()
                        && totals.creditsPending == balances.creditsPending()
                        && totals.withheld == balances.withheld(),
                "event " + sequence + " does not add up to the balances it carries");
    }
}
