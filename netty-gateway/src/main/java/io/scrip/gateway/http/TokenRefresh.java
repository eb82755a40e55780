package io.scrip.gateway.http;

import io.scrip.gateway.json.TokenScales;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A request named a token that the gateway does not know: asks the ledger for its tokens, then reads the request again.
 * So a token is known from the moment it is registered, and an amount is never read with a wrong scale.
 */
final class TokenRefresh implements Endpoint {
    /** Any wallet's reply names all tokens; the platform's is always there. */
    static final long PLATFORM_WALLET = 1;

    private final Dispatcher dispatcher;
    private final Endpoint interrupted;

    private TokenRefresh(Dispatcher dispatcher, Endpoint interrupted) {
        this.dispatcher = dispatcher;
        this.interrupted = interrupted;
    }

    /** Puts the request off until the tokens are known. */
    static void begin(Dispatcher dispatcher, Exchange exchange, byte[] body, int length) {
        exchange.body = Arrays.copyOf(body, length);
        exchange.endpoint = new TokenRefresh(dispatcher, exchange.endpoint);
        MutableDirectBuffer query = exchange.loop.command().blank(GetWalletEncoder.BLOCK_LENGTH);
        exchange.loop.submit(exchange, query, 0, encodeQuery(query));
    }

    /** Encodes the query for all tokens; returns its length. */
    static int encodeQuery(MutableDirectBuffer buffer) {
        GetWalletEncoder query = new GetWalletEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        query.id().high(0).low(0);
        query.caller().role(Role.SYSTEM).wallet(0);
        query.wallet(PLATFORM_WALLET);
        return MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength();
    }

    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        throw new IllegalStateException("a refresh is begun, not handled");
    }

    @Override
    public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
        TokenScales scales = exchange.loop.services().scales();
        if (templateId == WalletReplyDecoder.TEMPLATE_ID) {
            scales.learn(reply, offset);
        }
        byte[] body = exchange.body;
        exchange.body = null;
        exchange.endpoint = interrupted;
        exchange.tokensFresh = true;
        dispatcher.handle(exchange, body, body.length);
    }
}
