package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.protocol.WalletReplyDecoder;

/** The JSON shape of a wallet, the same over HTTP and in a {@code wallet_state} message. */
public final class WalletJson {
    private WalletJson() {}

    /**
     * Writes {@code {"wallet_id","owner","locked","version","sequence","balances":[…]}} with one balance per registered
     * token, in order of registration. {@code locked} says whether the wallet is frozen; {@code sequence} is that of
     * the last command applied when the wallet was read.
     *
     * @param reply just wrapped; read to its end
     */
    public static void write(JsonOut out, WalletReplyDecoder reply) {
        reply.sbeRewind();
        int groups = reply.limit();
        reply.accounts().forEachRemaining(account -> {});
        String owner = reply.owner();
        reply.limit(groups);
        out.beginObject()
                .name("wallet_id")
                .wallet(reply.wallet())
                .name("owner")
                .string(owner)
                .name("locked")
                .bool(reply.flags().frozen())
                .name("version")
                .number(reply.version())
                .name("sequence")
                .number(reply.sequence())
                .name("balances")
                .beginArray();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            BalanceJson.write(out, account.token(), account.scale(), AccountBalances.of(account.balances()));
        }
        out.endArray().endObject();
    }
}
