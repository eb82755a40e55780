package io.scrip.gateway.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.scrip.gateway.history.LegJson;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletJson;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The messages of a wallet stream. One instance belongs to one thread; the short fixed ones may be taken by any.
 *
 * <pre>
 *   {"type":"wallet_state","sequence":n,"previous_sequence":p,"data":{wallet}}
 *   {"type":"balance_update","sequence":n,"previous_sequence":p,"data":{balance}}
 *   {"type":"transaction_completed","sequence":n,"previous_sequence":p,"data":{transfer}}
 *   {"type":"error","error":"…","code":"…"}     {"type":"pong"}
 * </pre>
 */
final class Messages {
    private static final int USUAL_LENGTH_BYTES = 1_024;
    private static final ByteBuf PONG = fixed("{\"type\":\"pong\"}");
    private static final ByteBuf INVALID = error("Invalid message format", "invalid_message");
    private static final ByteBuf RATE_LIMITED = error("Too many messages", "rate_limited");
    private static final ByteBuf UNKNOWN_WALLET = error("No such wallet", "unknown_wallet");
    private static final ByteBuf FROM_IN_FUTURE = error("No event has this sequence yet", "from_in_future");

    private static final ByteBuf PRUNED = error("Older events have been pruned", "history_pruned");

    private final JsonOut json = new JsonOut();
    private final LegJson legs = new LegJson();
    private final WalletJson wallets = new WalletJson();

    private static ByteBuf fixed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
    }

    private static ByteBuf error(String text, String code) {
        return fixed("{\"type\":\"error\",\"error\":\"" + text + "\",\"code\":\"" + code + "\"}");
    }

    static TextWebSocketFrame pong() {
        return new TextWebSocketFrame(PONG.duplicate());
    }

    static TextWebSocketFrame invalid() {
        return new TextWebSocketFrame(INVALID.duplicate());
    }

    static TextWebSocketFrame rateLimited() {
        return new TextWebSocketFrame(RATE_LIMITED.duplicate());
    }

    static TextWebSocketFrame unknownWallet() {
        return new TextWebSocketFrame(UNKNOWN_WALLET.duplicate());
    }

    static TextWebSocketFrame pruned() {
        return new TextWebSocketFrame(PRUNED.duplicate());
    }

    static TextWebSocketFrame fromInFuture() {
        return new TextWebSocketFrame(FROM_IN_FUTURE.duplicate());
    }

    /** @param reply a WalletReply message with its header */
    TextWebSocketFrame walletState(
            ByteBufAllocator allocator, DirectBuffer reply, long eventSequence, long previousSequence) {
        ByteBuf buffer = begin(allocator, "wallet_state", eventSequence, previousSequence);
        try {
            wallets.write(json, reply, 0);
        } catch (RuntimeException e) {
            buffer.release();
            throw e;
        }
        return end(buffer);
    }

    TextWebSocketFrame balanceUpdate(ByteBufAllocator allocator, StoredLeg leg, long wallet, long previousSequence) {
        ByteBuf buffer = begin(allocator, "balance_update", leg.eventSequence(), previousSequence);
        try {
            LegJson.writeBalance(json, leg, wallet);
        } catch (RuntimeException e) {
            buffer.release();
            throw e;
        }
        return end(buffer);
    }

    TextWebSocketFrame transactionCompleted(
            ByteBufAllocator allocator, StoredLeg leg, Viewer viewer, long previousSequence) {
        ByteBuf buffer = begin(allocator, "transaction_completed", leg.eventSequence(), previousSequence);
        try {
            legs.write(json, leg, viewer);
        } catch (RuntimeException e) {
            buffer.release();
            throw e;
        }
        return end(buffer);
    }

    private ByteBuf begin(ByteBufAllocator allocator, String type, long sequence, long previousSequence) {
        ByteBuf buffer = allocator.buffer(USUAL_LENGTH_BYTES);
        json.to(buffer)
                .beginObject()
                .name("type")
                .string(type)
                .name("sequence")
                .number(sequence)
                .name("previous_sequence")
                .number(previousSequence)
                .name("data");
        return buffer;
    }

    private TextWebSocketFrame end(ByteBuf buffer) {
        json.endObject();
        return new TextWebSocketFrame(buffer);
    }
}
