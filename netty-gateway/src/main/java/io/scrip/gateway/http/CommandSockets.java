package io.scrip.gateway.http;

import io.netty.channel.Channel;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.json.Viewer;

/** Takes over connections whose upgrade to {@code /ws/commands} has been authorised and answered. */
public interface CommandSockets {
    /** Whether there is anybody to take them over. */
    boolean isServed();

    /**
     * Called on the connection's event loop; the pipeline holds the WebSocket frame codec and nothing of HTTP.
     *
     * @param authorization the header that the authenticator has found the viewer by
     * @param texts         what text messages are given to
     */
    void accept(Channel channel, Authenticator authenticator, String authorization, Viewer viewer, TextRequests texts);
}
