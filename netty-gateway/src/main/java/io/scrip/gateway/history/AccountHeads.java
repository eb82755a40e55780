package io.scrip.gateway.history;

import io.scrip.protocol.WalletReplyDecoder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The newest leg of each of a wallet's accounts; 0 where there is none. An account is known by its token and its code
 * (0: main) together. Immutable by convention: nobody writes to the arrays.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and a list would box every number
public record AccountHeads(long wallet, long[] tokens, int[] accounts, long[] lastEventSequences) {

    public AccountHeads {
        if (tokens.length != accounts.length || tokens.length != lastEventSequences.length) {
            throw new IllegalArgumentException("every account has a token, a code and a newest leg");
        }
    }

    /** Reads the reply's accounts and leaves the decoder where it stood. */
    public static AccountHeads of(WalletReplyDecoder reply) {
        int limit = reply.limit();
        reply.sbeRewind();
        WalletReplyDecoder.AccountsDecoder group = reply.accounts();
        long[] tokens = new long[group.count()];
        int[] accounts = new int[group.count()];
        long[] heads = new long[group.count()];
        for (int i = 0; i < tokens.length; i++) {
            group.next();
            tokens[i] = group.token();
            accounts[i] = group.account();
            heads[i] = group.lastEventSequence();
        }
        reply.limit(limit);
        return new AccountHeads(reply.wallet(), tokens, accounts, heads);
    }

    /** The wallet's accounts in one token only; 0: all of them. */
    public AccountHeads inToken(long token) {
        if (token == 0) {
            return this;
        }
        int[] kept = IntStream.range(0, tokens.length)
                .filter(i -> tokens[i] == token)
                .toArray();
        return new AccountHeads(
                wallet,
                Arrays.stream(kept).mapToLong(i -> tokens[i]).toArray(),
                Arrays.stream(kept).map(i -> accounts[i]).toArray(),
                Arrays.stream(kept).mapToLong(i -> lastEventSequences[i]).toArray());
    }

    int size() {
        return tokens.length;
    }

    /** Where the account stands in the arrays, -1 when the wallet has no such account. */
    int indexOf(long token, long account) {
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i] == token && accounts[i] == account) {
                return i;
            }
        }
        return -1;
    }
}
