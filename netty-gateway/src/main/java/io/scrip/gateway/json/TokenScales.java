package io.scrip.gateway.json;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The decimal places of every registered token, as the gateway last heard from the ledger. Tokens are never taken
 * away and never change their scale, so a stale table only lacks the newest.
 *
 * <p>Read by any thread without locks: the map is never changed after it was published, only replaced.
 */
public final class TokenScales {
    /** The token is not registered, as far as is known. */
    public static final int UNKNOWN = TransferJson.UNKNOWN_SCALE;

    private volatile Long2LongHashMap scales = new Long2LongHashMap(UNKNOWN);

    /** The token's decimal places, or {@link #UNKNOWN}. */
    public int scaleOf(long code) {
        return (int) scales.get(code);
    }

    /** How many tokens are known. */
    public int size() {
        return scales.size();
    }

    /** Takes over every token of a {@code WalletReply} message with its header: any wallet's names them all. */
    public void learn(DirectBuffer message, int offset) {
        WalletReplyDecoder reply = new WalletReplyDecoder();
        reply.wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        Long2LongHashMap next = new Long2LongHashMap(scales);
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            next.put(account.token(), account.scale());
        }
        scales = next;
    }

    /** Adds one token: what a test or a newly registered one needs. */
    public void add(long code, int scale) {
        Long2LongHashMap next = new Long2LongHashMap(scales);
        next.put(code, scale);
        scales = next;
    }
}
