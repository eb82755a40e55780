package io.scrip.ledger;

import java.util.Arrays;

/**
 * The sums of all debits and of all credits per token, in 128 bits. Two ways to get them: {@link #of} adds up anew over
 * every account, which is what a proof asks for; {@link #kept} takes the sums that every posting has added to, which
 * costs as little as a query may cost the core's thread. They are the same as long as the core is sound.
 */
public final class TrialBalance {
    private static final int DEBITS_HIGH = 0;
    private static final int DEBITS_LOW = 1;
    private static final int CREDITS_HIGH = 2;
    private static final int CREDITS_LOW = 3;
    private static final int ACCOUNTS = 4;
    private static final int LONGS = 5;

    private final int tokens;
    private final long[] sums;

    private TrialBalance(int tokens) {
        this.tokens = tokens;
        sums = new long[tokens * LONGS];
    }

    /** As kept with every posting. Costs a look at each token. */
    static TrialBalance kept(Tokens tokens) {
        TrialBalance result = new TrialBalance(tokens.count());
        for (int token = 0; token < result.tokens; token++) {
            int at = token * LONGS;
            result.sums[at + DEBITS_HIGH] = tokens.debitsHigh(token);
            result.sums[at + DEBITS_LOW] = tokens.debitsLow(token);
            result.sums[at + CREDITS_HIGH] = tokens.creditsHigh(token);
            result.sums[at + CREDITS_LOW] = tokens.creditsLow(token);
            result.sums[at + ACCOUNTS] = tokens.accounts(token);
        }
        return result;
    }

    /** Whether every sum is the other's. */
    boolean isLike(TrialBalance other) {
        return Arrays.equals(sums, other.sums);
    }

    /** Added up anew. Costs a walk over all accounts. */
    static TrialBalance of(LedgerState state) {
        TrialBalance result = new TrialBalance(state.tokens.count());
        Accounts accounts = state.accounts;
        for (int row = 1; row <= accounts.lastRow(); row++) {
            int at = accounts.tokenRow(row) * LONGS;
            result.add(at + DEBITS_HIGH, at + DEBITS_LOW, accounts.debitsPosted(row));
            result.add(at + CREDITS_HIGH, at + CREDITS_LOW, accounts.creditsPosted(row));
            result.sums[at + ACCOUNTS]++;
        }
        return result;
    }

    /** Whether debits equal credits for every token. */
    public boolean isZero() {
        for (int token = 0; token < tokens; token++) {
            if (debitsHigh(token) != creditsHigh(token) || debitsLow(token) != creditsLow(token)) {
                return false;
            }
        }
        return true;
    }

    long debitsHigh(int token) {
        return sums[token * LONGS + DEBITS_HIGH];
    }

    long debitsLow(int token) {
        return sums[token * LONGS + DEBITS_LOW];
    }

    long creditsHigh(int token) {
        return sums[token * LONGS + CREDITS_HIGH];
    }

    long creditsLow(int token) {
        return sums[token * LONGS + CREDITS_LOW];
    }

    long accounts(int token) {
        return sums[token * LONGS + ACCOUNTS];
    }

    /** Adds a number that is not negative. */
    private void add(int high, int low, long value) {
        long sum = sums[low] + value;
        if (Long.compareUnsigned(sum, value) < 0) {
            sums[high]++;
        }
        sums[low] = sum;
    }
}
