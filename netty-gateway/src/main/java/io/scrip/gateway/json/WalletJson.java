package io.scrip.gateway.json;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import org.agrona.DirectBuffer;

/**
 * A wallet as the API shows it: {@code {"wallet_id","owner","locked","closed","version","sequence","event_sequence",
 * "timestamp","balances":[…]}}. Holds flyweights: one thread at a time.
 */
public final class WalletJson {
    /** Sub-accounts follow the main ones in the reply; the wallet shows what they hold as staked or locked. */
    private static final int MAIN_ACCOUNT = 0;

    private static final int FIRST_VERSION = 1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WalletReplyDecoder reply = new WalletReplyDecoder();

    /** Writes the wallet object from a {@code WalletReply} message with its header. */
    public void write(JsonOut json, DirectBuffer message, int offset) {
        reply.wrapAndApplyHeader(message, offset, header);
        String owner = ownerBehindTheGroup();
        json.beginObject();
        json.name("wallet_id").wallet(reply.wallet());
        json.name("owner").string(owner);
        json.name("locked").bool(reply.flags().frozen());
        json.name("closed").bool(reply.flags().closed());
        writePosition(json, reply.version(), reply.sequence(), reply.eventSequence(), reply.timestamp());
        json.name("balances").beginArray();
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            if (account.account() == MAIN_ACCOUNT) {
                BalancesDecoder balances = account.balances();
                BalancesJson.write(json, account.token(), account.scale(), BalanceNumbers.of(balances));
            }
        }
        json.endArray();
        json.endObject();
    }

    /**
     * Writes the answer to the opening of a wallet. Its accounts are opened when they are first touched, so there are
     * no balances yet: a list of the tokens of that moment could not be given again, once there are more of them.
     *
     * @param apiKey the wallet's key, shown in the first answer only; {@code null} in every replay
     */
    public static void writeOpened(
            JsonOut json,
            long wallet,
            CharSequence owner,
            long sequence,
            long eventSequence,
            long timestampNs,
            CharSequence apiKey) {
        json.beginObject();
        json.name("wallet_id").wallet(wallet);
        json.name("owner").string(owner);
        json.name("locked").bool(false);
        json.name("closed").bool(false);
        writePosition(json, FIRST_VERSION, sequence, eventSequence, timestampNs);
        json.name("balances").beginArray().endArray();
        if (apiKey != null) {
            json.name("api_key").string(apiKey);
        }
        json.endObject();
    }

    private static void writePosition(JsonOut json, long version, long sequence, long eventSequence, long timestampNs) {
        json.name("version").number(version);
        json.name("sequence").number(sequence);
        json.name("event_sequence").number(eventSequence);
        json.name("timestamp").timestamp(timestampNs);
    }

    private String ownerBehindTheGroup() {
        WalletReplyDecoder.AccountsDecoder accounts = reply.accounts();
        while (accounts.hasNext()) {
            accounts.next();
        }
        String owner = reply.owner();
        reply.sbeRewind();
        return owner;
    }
}
