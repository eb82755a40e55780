package io.scrip.gateway.http;

import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.ws.WalletStreams;
import io.scrip.protocol.Outcome;

/**
 * {@code GET /ws/wallet/{wallet_id}?from=}: checks the key, the wallet and the handshake, turns the connection into a
 * WebSocket and gives it away.
 */
final class WalletSocket implements Endpoint {
    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        if (!SocketUpgrade.isWelcome(exchange)) {
            return;
        }
        Parameters.Socket query = Parameters.socket(exchange.query);
        long wallet = WalletIds.parse(exchange.parameter);
        if (wallet == WalletIds.NONE || !exchange.viewer.mayRead(wallet)) {
            QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
            return;
        }
        WalletSockets sockets = exchange.loop.services().sockets();
        SocketUpgrade.upgrade(
                exchange,
                WalletStreams.decoderConfig(),
                channel -> sockets.subscribe(channel, wallet, query.from(), query.conflate(), exchange.viewer));
    }
}
