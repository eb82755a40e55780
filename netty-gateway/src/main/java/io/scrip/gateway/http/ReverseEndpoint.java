package io.scrip.gateway.http;

import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestFault;
import io.scrip.protocol.Outcome;
import org.agrona.DirectBuffer;

/**
 * {@code POST /api/v1/transfers/{id}/reverse}: the command says all of the original, which {@link Lookup} reads from the
 * event log.
 */
final class ReverseEndpoint implements Endpoint {

    /** Thrown when the original has not been looked for. */
    static final class UnknownOriginal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient CommandId original;
        private final transient CommandId command;

        UnknownOriginal(CommandId original, CommandId command) {
            super("an original that has not been looked for", null, false, false);
            this.original = original;
            this.command = command;
        }

        CommandId original() {
            return original;
        }

        /** The id of the command that gives it back. */
        CommandId command() {
            return command;
        }
    }

    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        Loop loop = exchange.loop;
        if (exchange.original == null) {
            CommandId command = loop.reader().transfers().reverse(body, length, exchange.idHeader, exchange.viewer);
            CommandId original = original(exchange);
            if (original == null) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_TRANSFER);
                return;
            }
            throw new UnknownOriginal(original, command);
        }
        CommandId id = loop.reader()
                .transfers()
                .reverse(exchange.original, body, length, exchange.idHeader, exchange.viewer, loop.command());
        exchange.adviseId = !id.uuid7();
        loop.submitCommand(exchange);
    }

    private static CommandId original(Exchange exchange) {
        try {
            return CommandId.of(exchange.parameter, exchange.viewer.wallet());
        } catch (RequestFault noId) {
            return null;
        }
    }

    @Override
    public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
        exchange.loop.answers().command(exchange, reply, offset);
    }
}
