package io.scrip.tools.inspect;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Adds up all legs again, knowing nothing of the core but what a leg means: each account after a leg must be what it
 * was before it and what the leg did, and over all accounts of a token debits equal credits. One thread.
 */
final class LegSums {
    private static final int DEBITS_POSTED = 0;
    private static final int CREDITS_POSTED = 1;
    private static final int DEBITS_PENDING = 2;
    private static final int CREDITS_PENDING = 3;
    private static final int TOTALS = 4;

    private final Map<AccountName, long[]> accounts = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final long[] stated = new long[TOTALS];
    private String problem;
    private boolean beginsLater;

    private record AccountName(long wallet, long token, int account) {}

    /** The first legs are not known any more: what an account held before its first known leg is believed. */
    void beginLater() {
        beginsLater = true;
    }

    /** Whether every leg there ever was has been added up. */
    boolean isWhole() {
        return !beginsLater;
    }

    /** Looks at an event. False when it contradicts the legs before it: see {@link #problem}. */
    boolean onEvent(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        if (header.templateId() != LegEventDecoder.TEMPLATE_ID || problem != null) {
            return problem == null;
        }
        leg.wrapAndApplyHeader(event, offset, header);
        // A sender's fee was reserved with its hold, a receiver's comes out of what was captured.
        boolean isReservedFee = leg.kind() == LegKind.FEE
                && leg.feePayer() == FeePayer.SENDER
                && (leg.holdId().high() | leg.holdId().low()) != 0;
        LegKind kind = isReservedFee ? LegKind.CAPTURE : leg.kind();
        AccountName from = new AccountName(leg.from(), leg.token(), leg.fromAccount());
        AccountName to = new AccountName(leg.to(), leg.token(), leg.toAccount());
        if (beginsLater) {
            believe(kind, from, to);
        }
        long[] fromTotals = accounts.computeIfAbsent(from, name -> new long[TOTALS]);
        long[] toTotals = accounts.computeIfAbsent(to, name -> new long[TOTALS]);
        add(kind, leg.amount(), fromTotals, DEBITS_POSTED, DEBITS_PENDING);
        add(kind, leg.amount(), toTotals, CREDITS_POSTED, CREDITS_PENDING);
        compare(from, fromTotals, leg.fromBalances());
        compare(to, toTotals, leg.toBalances());
        return problem == null;
    }

    /** Takes what accounts had before their first leg from what they have after it. */
    private void believe(LegKind kind, AccountName from, AccountName to) {
        if (!accounts.containsKey(from)) {
            state(leg.fromBalances());
            long[] before = new long[TOTALS];
            add(kind, -leg.amount(), before, DEBITS_POSTED, DEBITS_PENDING);
            accounts.put(from, plus(before));
        }
        if (!accounts.containsKey(to)) {
            state(leg.toBalances());
            long[] before = new long[TOTALS];
            add(kind, -leg.amount(), before, CREDITS_POSTED, CREDITS_PENDING);
            accounts.put(to, plus(before));
        }
    }

    private long[] plus(long[] before) {
        for (int i = 0; i < TOTALS; i++) {
            before[i] = Math.addExact(before[i], stated[i]);
        }
        return before;
    }

    private static void add(LegKind kind, long amount, long[] totals, int posted, int pending) {
        boolean posts = switch (kind) {
            case HOLD, RELEASE, EXPIRY, EFFECTIVE -> false;
            default -> true;
        };
        if (posts) {
            totals[posted] = Math.addExact(totals[posted], amount);
        }
        if (kind == LegKind.HOLD) {
            totals[pending] = Math.addExact(totals[pending], amount);
        } else if (kind == LegKind.CAPTURE || kind == LegKind.RELEASE || kind == LegKind.EXPIRY) {
            totals[pending] = Math.subtractExact(totals[pending], amount);
        }
    }

    private void compare(AccountName name, long[] totals, BalancesDecoder balances) {
        state(balances);
        for (int i = 0; i < TOTALS && problem == null; i++) {
            if (totals[i] != stated[i]) {
                problem = "after a leg of kind " + leg.kind() + " wallet number " + name.wallet() + ", account "
                        + name.account() + " has " + stated[i] + " where the legs add up to " + totals[i];
            }
        }
    }

    private void state(BalancesDecoder balances) {
        stated[DEBITS_POSTED] = balances.debitsPosted();
        stated[CREDITS_POSTED] = balances.creditsPosted();
        stated[DEBITS_PENDING] = balances.debitsPending();
        stated[CREDITS_PENDING] = balances.creditsPending();
    }

    /** What was wrong with the last event, null while nothing was. */
    String problem() {
        return problem;
    }

    int accounts() {
        return accounts.size();
    }

    /** Debits and credits of every token that any leg was in. */
    Map<Long, BigInteger[]> sums() {
        Map<Long, BigInteger[]> sums = new TreeMap<>();
        accounts.forEach((name, totals) -> {
            BigInteger[] sum =
                    sums.computeIfAbsent(name.token(), token -> new BigInteger[] {BigInteger.ZERO, BigInteger.ZERO});
            sum[0] = sum[0].add(BigInteger.valueOf(totals[DEBITS_POSTED]));
            sum[1] = sum[1].add(BigInteger.valueOf(totals[CREDITS_POSTED]));
        });
        return sums;
    }
}
