package io.scrip.gateway.json;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import org.agrona.DirectBuffer;

/**
 * The accounts of a wallet one by one: {@code {"wallet_id","sequence","timestamp","data":[{"token","account","name",
 * "posted","available","pending","locked","debits_posted",…,"floor","ceiling","frozen","closed","version"}]}}. Holds
 * flyweights: one thread at a time.
 */
public final class AccountsJson {
    private static final long UNLIMITED_CEILING = Long.MAX_VALUE;
    /** Names of the codes that mean something to the ledger, by code. */
    private static final String[] NAMES = {"main", "issuance", "stake", "escrow", "revenue", "breakage"};

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WalletReplyDecoder reply = new WalletReplyDecoder();

    /** The name of an account's code, {@code null} for one that the ledger gives no meaning. */
    public static String nameOf(int code) {
        return code < NAMES.length ? NAMES[code] : null;
    }

    /** Writes the list from a {@code WalletReply} message with its header. */
    public void write(JsonOut json, DirectBuffer message, int offset) {
        reply.wrapAndApplyHeader(message, offset, header);
        json.beginObject().name("wallet_id").wallet(reply.wallet());
        json.name("sequence").number(reply.sequence());
        json.name("timestamp").timestamp(reply.timestamp());
        json.name("data").beginArray();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            writeAccount(json, account);
        }
        json.endArray().endObject();
    }

    private static void writeAccount(JsonOut json, WalletReplyDecoder.AccountsDecoder account) {
        BalancesDecoder balances = account.balances();
        BalanceNumbers numbers = BalanceNumbers.of(balances);
        int scale = account.scale();
        json.beginObject().name("token").token(account.token());
        json.name("account").number(account.account());
        json.name("name").string(nameOf(account.account()));
        long posted = Math.subtractExact(numbers.creditsPosted(), numbers.debitsPosted());
        json.name("posted").amount(posted, scale);
        json.name("available");
        if (numbers.floor() == BalancesJson.UNLIMITED_FLOOR) {
            json.nullValue();
        } else {
            json.amount(BalancesJson.available(posted, numbers), scale);
        }
        json.name("pending").amount(numbers.creditsPending(), scale);
        json.name("locked").amount(numbers.debitsPending(), scale);
        json.name("debits_posted").amount(numbers.debitsPosted(), scale);
        json.name("credits_posted").amount(numbers.creditsPosted(), scale);
        json.name("floor");
        bound(json, numbers.floor(), BalancesJson.UNLIMITED_FLOOR, scale);
        json.name("ceiling");
        bound(json, balances.ceiling(), UNLIMITED_CEILING, scale);
        json.name("frozen").bool(account.flags().frozen());
        json.name("closed").bool(account.flags().closed());
        json.name("version").number(balances.version()).endObject();
    }

    private static void bound(JsonOut json, long units, long unlimited, int scale) {
        if (units == unlimited) {
            json.nullValue();
        } else {
            json.amount(units, scale);
        }
    }
}
