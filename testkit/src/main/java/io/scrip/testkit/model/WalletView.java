package io.scrip.testkit.model;

import io.scrip.protocol.WalletReplyDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a wallet's query answers. The owner's bytes stand as Latin letters, whatever they mean. */
public record WalletView(
        long wallet,
        boolean frozen,
        boolean closed,
        long version,
        long sequence,
        long timestampNs,
        long eventSequence,
        List<Account> accounts,
        String owner) {

    /** One of the wallet's accounts. */
    public record Account(
            long token, int code, int scale, Balances balances, long lastEvent, boolean frozen, boolean closed) {}

    public static WalletView of(WalletReplyDecoder reply) {
        long sequence = reply.sequence();
        long timestampNs = reply.timestamp();
        List<Account> accounts = new ArrayList<>();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            accounts.add(new Account(
                    account.token(),
                    account.account(),
                    account.scale(),
                    Balances.of(account.balances()),
                    account.lastEventSequence(),
                    account.flags().frozen(),
                    account.flags().closed()));
        }
        byte[] owner = new byte[reply.ownerLength()];
        reply.getOwner(owner, 0, owner.length);
        return new WalletView(
                reply.wallet(),
                reply.flags().frozen(),
                reply.flags().closed(),
                reply.version(),
                sequence,
                timestampNs,
                reply.eventSequence(),
                accounts,
                new String(owner, StandardCharsets.ISO_8859_1));
    }
}
