package io.scrip.client;

import io.scrip.protocol.WalletReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A wallet as of one command. Immutable.
 *
 * @param sequence of the last command applied before it was looked at
 * @param accounts the main account of every token, then what else was opened
 */
public record WalletState(long wallet, boolean frozen, boolean closed, long sequence, List<Account> accounts) {
    public WalletState {
        accounts = List.copyOf(accounts);
    }

    /** One account; {@code code} 0 is the main one. */
    public record Account(long token, int code, int scale, Result.Balance balance) {}

    /** What the wallet's main account holds of a token, 0 if it has none. */
    public long posted(long token) {
        for (Account account : accounts) {
            if (account.token == token && account.code == 0) {
                return account.balance.posted();
            }
        }
        return 0;
    }

    static WalletState of(WalletReplyDecoder reply) {
        List<Account> accounts = new ArrayList<>();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            accounts.add(new Account(
                    account.token(), account.account(), account.scale(), Result.Balance.of(account.balances())));
        }
        return new WalletState(
                reply.wallet(), reply.flags().frozen(), reply.flags().closed(), reply.sequence(), accounts);
    }
}
