package io.scrip.gateway.history;

import io.scrip.protocol.WalletReplyDecoder;

/**
 * The newest leg of each of a wallet's accounts, in the order of the tokens' registration; 0 where there is none.
 * Immutable by convention: nobody writes to the arrays.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and a list would box every number
public record AccountHeads(long wallet, long[] tokens, long[] lastEventSequences) {

    public AccountHeads {
        if (tokens.length != lastEventSequences.length) {
            throw new IllegalArgumentException("every token has one newest leg");
        }
    }

    /** Reads the reply's accounts and leaves the decoder where it stood. */
    public static AccountHeads of(WalletReplyDecoder reply) {
        int limit = reply.limit();
        reply.sbeRewind();
        WalletReplyDecoder.AccountsDecoder accounts = reply.accounts();
        long[] tokens = new long[accounts.count()];
        long[] heads = new long[accounts.count()];
        for (int i = 0; i < tokens.length; i++) {
            accounts.next();
            tokens[i] = accounts.token();
            heads[i] = accounts.lastEventSequence();
        }
        reply.limit(limit);
        return new AccountHeads(reply.wallet(), tokens, heads);
    }

    int size() {
        return tokens.length;
    }
}
