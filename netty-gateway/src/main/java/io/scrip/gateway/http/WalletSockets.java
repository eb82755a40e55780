package io.scrip.gateway.http;

import io.netty.channel.Channel;
import io.scrip.gateway.json.Viewer;

/** Takes over a connection whose upgrade to {@code /ws/wallet/{id}} has been authorised and answered. */
@FunctionalInterface
public interface WalletSockets {
    /**
     * Called on the connection's event loop; the pipeline holds the WebSocket frame codec and nothing of HTTP.
     *
     * @param fromEventSequence first event wanted, inclusive; -1: only new ones
     * @param conflate whether balances that are overtaken may be left out
     */
    void subscribe(Channel channel, long wallet, long fromEventSequence, boolean conflate, Viewer viewer);
}
