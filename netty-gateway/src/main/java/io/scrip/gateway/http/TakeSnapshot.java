package io.scrip.gateway.http;

import io.scrip.gateway.json.ProblemKind;
import java.util.concurrent.CompletionException;

/** {@code POST /api/v1/admin/snapshots}: answers when the snapshot is good, or with what kept it from being made. */
final class TakeSnapshot implements Endpoint {
    private static final int CREATED = 201;

    @Override
    public void handle(Exchange exchange, byte[] body, int length) {
        Loop loop = exchange.loop;
        loop.services()
                .snapshots()
                .requestSnapshot()
                .whenComplete((taken, failure) -> loop.later(() -> {
                    Responses responses = loop.responses();
                    if (failure != null) {
                        responses.problem(exchange, ProblemKind.SNAPSHOT_FAILED, reason(failure), null);
                        return;
                    }
                    responses
                            .begin()
                            .beginObject()
                            .name("sequence")
                            .number(taken.sequence())
                            .name("file")
                            .string(taken.fileName())
                            .endObject();
                    responses.send(exchange, CREATED);
                }));
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return "No snapshot was made: " + cause.getMessage();
    }
}
