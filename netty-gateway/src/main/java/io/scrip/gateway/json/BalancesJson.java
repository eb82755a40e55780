package io.scrip.gateway.json;

/**
 * A balance as the API shows it: {@code {"token","available","pending","locked","staked","total"}}.
 *
 * <p>{@code locked} is held by outgoing holds, {@code pending} is coming by incoming ones, {@code total} is posted plus
 * staked. An account without a floor (a token's issuance account) has {@code "available":null}: nothing limits it.
 */
public final class BalancesJson {
    /** Floor of an account that may go as deep as it likes. */
    public static final long UNLIMITED_FLOOR = Long.MIN_VALUE;

    private BalancesJson() {}

    /** Writes one balance object; all amounts in the token's smallest unit. */
    public static void write(JsonOut json, long token, int scale, BalanceNumbers balance) {
        json.beginObject();
        writeMembers(json, token, scale, balance);
        json.endObject();
    }

    /** Writes the members only, for a caller that has more to say in the same object. */
    public static void writeMembers(JsonOut json, long token, int scale, BalanceNumbers balance) {
        long posted = Math.subtractExact(balance.creditsPosted(), balance.debitsPosted());
        json.name("token").token(token).name("available");
        if (balance.floor() == UNLIMITED_FLOOR) {
            json.nullValue();
        } else {
            json.amount(available(posted, balance), scale);
        }
        json.name("pending").amount(balance.creditsPending(), scale);
        json.name("locked").amount(balance.debitsPending(), scale);
        json.name("staked").amount(balance.staked(), scale);
        json.name("total").amount(Math.addExact(posted, balance.staked()), scale);
    }

    static long available(long posted, BalanceNumbers balance) {
        long free = posted - balance.debitsPending() - balance.withheld();
        long available = free - balance.floor();
        // A floor far below zero lets the difference leave the range; then the largest number stands for it.
        return available < free && balance.floor() < 0 ? Long.MAX_VALUE : available;
    }
}
