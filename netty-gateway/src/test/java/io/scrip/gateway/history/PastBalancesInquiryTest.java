package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PastBalancesInquiryTest {
    private static final int VAULT = 2;
    private static final int OWN = 300;

    private final ArrayEventLog log = new ArrayEventLog();
    private final EventScript script = new EventScript(log, "CRD", "USD", "REP");
    private int turns;

    private record Key(long token, int code) {}

    /** The plainest way: every event from the first on, the last one of each account wins. */
    private Map<Key, BalanceNumbers> replayed(long wallet, long upToEvent) {
        Map<Key, BalanceNumbers> balances = new LinkedHashMap<>();
        EventReader events = new EventReader();
        try (EventLog.Reader reader = log.openReader()) {
            reader.readRange(1, upToEvent, (eventSequence, event, offset, length) -> {
                LegEventDecoder leg = events.asLeg(event, offset);
                if (leg != null && leg.from() == wallet) {
                    balances.put(new Key(leg.token(), leg.fromAccount()), BalanceNumbers.of(leg.fromBalances()));
                }
                if (leg != null && leg.to() == wallet) {
                    balances.put(new Key(leg.token(), leg.toAccount()), BalanceNumbers.of(leg.toBalances()));
                }
            });
        }
        Map<Key, BalanceNumbers> withStake = new LinkedHashMap<>();
        balances.forEach((key, numbers) -> {
            BalanceNumbers vault = key.code() == 0 ? balances.get(new Key(key.token(), VAULT)) : null;
            long staked = vault == null ? 0 : vault.creditsPosted() - vault.debitsPosted();
            withStake.put(key, numbers.withStaked(staked));
        });
        return withStake;
    }

    private PresentBalances present(long wallet) {
        WalletReplyDecoder reply = new WalletReplyDecoder();
        reply.wrapAndApplyHeader(new UnsafeBuffer(script.walletReply(wallet)), 0, new MessageHeaderDecoder());
        return PresentBalances.of(reply);
    }

    private PastBalances ask(long wallet, Moment moment) {
        PastBalancesInquiry inquiry = new PastBalancesInquiry(script.heads(wallet), present(wallet), moment);
        try (EventLog.Reader reader = log.openReader()) {
            PastBalances found = inquiry.advance(reader);
            turns = 1;
            while (found == null) {
                turns++;
                assertTrue(turns < 10_000, "no end");
                found = inquiry.advance(reader);
            }
            return found;
        }
    }

    private static Map<Key, BalanceNumbers> asMap(PastBalances found) {
        Map<Key, BalanceNumbers> balances = new LinkedHashMap<>();
        found.accounts().forEach(account -> balances.put(new Key(account.token(), account.code()), account.balances()));
        assertEquals(found.accounts().size(), balances.size());
        return balances;
    }

    private void write(Random random, int events) {
        String[] tokens = {"CRD", "USD", "REP"};
        for (int i = 0; i < events; i++) {
            String token = tokens[random.nextInt(tokens.length)];
            long from = 2L + random.nextInt(6);
            long to = 2 + (from - 1 + random.nextInt(5)) % 6;
            switch (random.nextInt(10)) {
                case 0 -> script.issue(to, token, 1L + random.nextInt(1_000));
                case 1 -> script.refuse(from, to, token, 10, 3);
                case 2 -> script.within(from, 0, VAULT, token, 1L + random.nextInt(5));
                case 3 -> script.within(from, VAULT, 0, token, 1);
                case 4 -> script.within(from, OWN, VAULT, token, 2);
                default -> script.transfer(from, to, token, 1L + random.nextInt(50));
            }
        }
    }

    @Test
    void agreesWithAReplayOfEverythingAtEveryMoment() {
        for (int seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            write(random, 150);
            long last = log.lastEventSequence();
            for (int i = 0; i < 60; i++) {
                long event = random.nextInt((int) last);
                long wallet = 2L + random.nextInt(6);
                Map<Key, BalanceNumbers> expected = replayed(wallet, event);
                String where = "seed " + seed + ", wallet " + wallet + ", event " + event;
                // Of this script: sequence = event + 100, one nanosecond before the next event is still this moment.
                PastBalances bySequence = ask(wallet, Moment.ofSequence(event + 100));
                assertEquals(expected, asMap(bySequence), where);
                assertEquals(event, bySequence.eventSequence(), where);
                PastBalances byTime = ask(wallet, Moment.ofTime(EventScript.timestampOf(event)));
                assertEquals(expected, asMap(byTime), where);
                PastBalances justBefore = ask(wallet, Moment.ofTime(EventScript.timestampOf(event + 1) - 1));
                assertEquals(expected, asMap(justBefore), where);
            }
        }
    }

    @Test
    void everyMomentBehindWhatIsGoneIsAnsweredAsBeforeAndEveryOtherIsSaidToBeGone() {
        for (int seed = 1; seed <= 5; seed++) {
            write(new Random(seed), 900);
        }
        for (int i = 0; i < 3_000; i++) {
            script.transfer(4, 5, "CRD", 1);
        }
        long last = log.lastEventSequence();
        long first = last - 3_100;
        Map<Long, Map<Key, BalanceNumbers>> expected = new LinkedHashMap<>();
        for (long event = first; event < last; event += 1 + event % 97) {
            expected.put(event, replayed(2, event));
            expected.put(-event, replayed(4, event));
        }
        log.pruneBefore(first);
        expected.forEach((event, balances) -> {
            PastBalances found = ask(event > 0 ? 2 : 4, Moment.ofSequence(Math.abs(event) + 100));
            assertEquals(balances, asMap(found), "event " + event);
            assertEquals(Math.abs(event), found.eventSequence());
        });
        for (long event = 1; event < first; event += 50) {
            Moment moment = Moment.ofSequence(event + 100);
            assertThrows(PrunedHistory.class, () -> ask(2, moment));
        }
    }

    @Test
    void thePresentIsAnsweredAlsoWhenNothingOfThePastIsLeft() {
        write(new Random(7), 100);
        long last = log.lastEventSequence();
        Map<Key, BalanceNumbers> expected = replayed(3, last);
        log.pruneBefore(last + 1);
        assertEquals(expected, asMap(ask(3, Moment.ofSequence(last + 100))));
        assertEquals(expected, asMap(ask(3, Moment.ofTime(EventScript.timestampOf(last)))));
        assertThrows(PrunedHistory.class, () -> ask(3, Moment.ofSequence(last + 99)));
    }

    @Test
    void isEmptyBeforeTheWalletWasTouchedAndOnAnEmptyLog() {
        assertEquals(0, ask(2, Moment.ofSequence(5)).accounts().size());
        script.issue(3, "CRD", 5);
        long first = script.issue(2, "CRD", 5);
        assertEquals(0, ask(2, Moment.ofSequence(first + 99)).accounts().size());
        assertEquals(1, ask(2, Moment.ofSequence(first + 100)).accounts().size());
        assertEquals(0, ask(2, Moment.ofTime(1)).accounts().size());
    }

    @Test
    void aHotAccountsFarPastCostsFewReadsAndSoDoesAQuietOnes() {
        script.issue(2, "CRD", 1_000_000);
        script.issue(4, "CRD", 7);
        for (int i = 0; i < 60_000; i++) {
            script.transfer(2, 3, "CRD", 1);
        }
        long before = log.reads();
        ask(2, Moment.ofSequence(100 + 1_000));
        assertTrue(log.reads() - before < 3 * PastBalancesInquiry.TURN_RECORDS, "hot: " + (log.reads() - before));
        assertEquals(1, turns);
        before = log.reads();
        ask(4, Moment.ofSequence(100 + 1_000));
        assertTrue(log.reads() - before < 100, "quiet: " + (log.reads() - before));
    }

    @Test
    void aLongWayIsGoneInTurns() {
        script.issue(2, "CRD", 1_000_000);
        for (int i = 0; i < 10_000; i++) {
            script.transfer(4, 5, "CRD", 1);
        }
        for (int i = 0; i < 10_000; i++) {
            script.transfer(2, 3, "CRD", 1);
        }
        PastBalances found = ask(2, Moment.ofSequence(100 + 1));
        assertEquals(1_000_000, found.accounts().get(0).balances().creditsPosted());
        assertTrue(turns > 3, "turns: " + turns);
    }

    @Test
    void headsThatLeadElsewhereAreAFault() {
        script.issue(2, "CRD", 10);
        long foreign = script.issue(3, "CRD", 10);
        AccountHeads heads = script.heads(2);
        AccountHeads wrong = new AccountHeads(2, heads.tokens(), heads.accounts(), new long[] {foreign, 0, 0});
        try (EventLog.Reader reader = log.openReader()) {
            PastBalancesInquiry inquiry = new PastBalancesInquiry(wrong, present(2), Moment.ofSequence(foreign + 100));
            assertThrows(WalletChains.ForeignRecord.class, () -> inquiry.advance(reader));
        }
    }

    @Test
    void aMomentIsATimeOrASequence() {
        assertThrows(IllegalArgumentException.class, () -> new Moment(5, 5));
        assertThrows(IllegalArgumentException.class, () -> new Moment(Long.MAX_VALUE, Long.MAX_VALUE));
        assertNotNull(Moment.ofTime(0));
    }
}
