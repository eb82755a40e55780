package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a wallet's reply says of now: the end of the ledger and what each account holds there, in the order of
 * {@link AccountHeads}. Immutable.
 *
 * @param sequence      of the last command applied
 * @param timestampNs   of the same
 * @param eventSequence of the last event
 * @param scales        decimal places of each account's token, which never change
 */
public record PresentBalances(
        long sequence, long timestampNs, long eventSequence, List<Integer> scales, List<BalanceNumbers> balances) {

    public PresentBalances {
        scales = List.copyOf(scales);
        balances = List.copyOf(balances);
    }

    /** Reads the reply's accounts and leaves the decoder where it stood. */
    public static PresentBalances of(WalletReplyDecoder reply) {
        int limit = reply.limit();
        reply.sbeRewind();
        List<Integer> scales = new ArrayList<>();
        List<BalanceNumbers> balances = new ArrayList<>();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            scales.add((int) account.scale());
            balances.add(BalanceNumbers.of(account.balances()));
        }
        reply.limit(limit);
        return new PresentBalances(reply.sequence(), reply.timestamp(), reply.eventSequence(), scales, balances);
    }
}
