package io.scrip.gateway.http;

import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestFault;
import io.scrip.gateway.request.RequestReader;
import io.scrip.protocol.Outcome;

/** How the requests about a hold are read; {@link CommandEndpoint} does the rest. Stateless. */
final class HoldEndpoints {
    private HoldEndpoints() {}

    /** {@code POST /api/v1/holds/{id}/post}. */
    static CommandId post(RequestReader reader, Exchange exchange, byte[] body, int length) {
        CommandId hold = hold(exchange);
        return hold == null
                ? null
                : reader.transfers()
                        .post(hold, body, length, exchange.idHeader, exchange.viewer, exchange.loop.command());
    }

    /** {@code POST /api/v1/holds/{id}/void}. */
    static CommandId voidHold(RequestReader reader, Exchange exchange, byte[] body, int length) {
        CommandId hold = hold(exchange);
        return hold == null
                ? null
                : reader.transfers()
                        .voidHold(hold, body, length, exchange.idHeader, exchange.viewer, exchange.loop.command());
    }

    /** {@code POST /api/v1/holds/{id}/extend}. */
    static CommandId extend(RequestReader reader, Exchange exchange, byte[] body, int length) {
        CommandId hold = hold(exchange);
        return hold == null
                ? null
                : reader.transfers()
                        .extend(hold, body, length, exchange.idHeader, exchange.viewer, exchange.loop.command());
    }

    /** The hold in the path; {@code null} when no command can have that id, which has been answered then. */
    private static CommandId hold(Exchange exchange) {
        try {
            return CommandId.of(exchange.parameter, exchange.viewer.wallet());
        } catch (RequestFault noId) {
            QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_HOLD);
            return null;
        }
    }
}
