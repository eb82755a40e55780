package io.scrip.gateway.http;

import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.binary.BinaryDoor;
import io.scrip.gateway.json.ProblemKind;

/** {@code GET /ws/commands}: turns the connection into a WebSocket of commands and gives it away. */
final class CommandSocket implements Endpoint {
    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        CommandSockets sockets = exchange.loop.services().commandSockets();
        if (!sockets.isServed()) {
            exchange.loop.responses().problem(exchange, ProblemKind.NOT_FOUND, "There is nothing at this path.", null);
            return;
        }
        Parameters.none(exchange.query);
        if (!SocketUpgrade.isWelcome(exchange)) {
            return;
        }
        Authenticator authenticator = exchange.connection().authenticator();
        String authorization = exchange.connection().head().authorization;
        TextIntake texts = new TextIntake(exchange.loop, exchange.loop.dispatcher(), authenticator, authorization);
        SocketUpgrade.upgrade(
                exchange,
                BinaryDoor.decoderConfig(),
                channel -> sockets.accept(channel, authenticator, authorization, exchange.viewer, texts));
    }
}
