package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;

/** The JSON shape of one account's balance, the same in a wallet, a transfer and a stream. */
public final class BalanceJson {
    private BalanceJson() {}

    /**
     * Writes {@code {"token","available","pending","locked","staked","total"}}. An account without a floor, which only
     * the platform has, can be debited without limit: its available is null.
     */
    public static void write(JsonOut out, long token, int scale, AccountBalances balances) {
        out.beginObject().name("token").token(token).name("available");
        if (balances.hasUnlimitedFloor()) {
            out.nullValue();
        } else {
            out.amount(balances.available(), scale);
        }
        out.name("pending")
                .amount(balances.pending(), scale)
                .name("locked")
                .amount(balances.locked(), scale)
                .name("staked")
                .amount(balances.staked(), scale)
                .name("total")
                .amount(balances.total(), scale)
                .endObject();
    }
}
