package io.scrip.gateway.http;

import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestReader;
import org.agrona.DirectBuffer;

/**
 * An endpoint that reads its body as one command and answers 201 or a problem, in the words in which the event log will
 * give the answer again. Immutable.
 */
final class CommandEndpoint implements Endpoint {
    private final Reading reading;

    /** Reads a request's body and leaves the encoded command in the loop's command buffer. */
    @FunctionalInterface
    interface Reading {
        /** Returns the command's id; {@code null} when the request has been answered already. */
        CommandId read(RequestReader reader, Exchange exchange, byte[] body, int length);
    }

    CommandEndpoint(Reading reading) {
        this.reading = reading;
    }

    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        CommandId id = reading.read(exchange.loop.reader(), exchange, body, length);
        if (id != null) {
            exchange.adviseId = !id.uuid7();
            exchange.loop.submitCommand(exchange);
        }
    }

    @Override
    public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
        exchange.loop.answers().command(exchange, reply, offset);
    }
}
