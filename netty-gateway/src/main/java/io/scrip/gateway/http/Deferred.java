package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.http.StoredOutcomes.Trouble;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.protocol.Outcome;

/** Brings an answer from the event log back to the exchange's event loop. */
final class Deferred {
    private static final String PRUNED_DETAIL = "What this needs is older than the history that is kept here: the"
            + " operator has pruned it. Newer history is still there; older records may be in the operator's backups.";

    private Deferred() {}

    /** What is done on the loop with a body; it then owns the body. */
    @FunctionalInterface
    interface Sender {
        void send(int status, ByteBuf body);
    }

    /** What is done on the loop when there is no answer. */
    @FunctionalInterface
    interface Explainer {
        void explain(Trouble trouble);
    }

    /** An answer that is sent with {@code sender}, or else explained. */
    static StoredOutcomes.Answer answer(Exchange exchange, Sender sender) {
        return answer(exchange, sender, trouble -> explain(exchange, trouble));
    }

    static StoredOutcomes.Answer answer(Exchange exchange, Sender sender, Explainer explainer) {
        return new StoredOutcomes.Answer() {
            @Override
            public void onAnswer(int status, ByteBuf body) {
                exchange.loop.later(() -> sender.send(status, body));
            }

            @Override
            public void onTrouble(Trouble trouble) {
                exchange.loop.later(() -> explainer.explain(trouble));
            }
        };
    }

    /** A comparison whose result goes to {@code receiver} on the loop. */
    static StoredOutcomes.Comparison comparison(Exchange exchange, StoredOutcomes.Comparison receiver) {
        return new StoredOutcomes.Comparison() {
            @Override
            public void onCompared(boolean sameCaller, String field) {
                exchange.loop.later(() -> receiver.onCompared(sameCaller, field));
            }

            @Override
            public void onTrouble(Trouble trouble) {
                exchange.loop.later(() -> receiver.onTrouble(trouble));
            }
        };
    }

    /** What is said of a command that was decided so long ago that its record is gone. */
    static void explainDecided(Exchange exchange, Trouble trouble) {
        if (trouble == Trouble.PRUNED) {
            pruned(
                    exchange,
                    "This command was decided before, and is not applied again; the record of its outcome has been"
                            + " pruned by the operator. Do not send it under another id.");
        } else {
            explain(exchange, trouble);
        }
    }

    private static void pruned(Exchange exchange, String detail) {
        exchange.loop.responses().problem(exchange, ProblemKind.HISTORY_PRUNED, detail, null);
    }

    /** Answers with the reason why there is no answer. */
    static void explain(Exchange exchange, Trouble trouble) {
        Responses responses = exchange.loop.responses();
        switch (trouble) {
            case NOT_FOR_VIEWER -> QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_TRANSFER);
            case BAD_CURSOR ->
                responses.problem(
                        exchange, ProblemKind.INVALID_PARAMETER, "This cursor was not given out here.", "cursor");
            case BUSY -> {
                responses
                        .beginProblem(
                                exchange, ProblemKind.OVERLOADED, "Too many wait to read history. Try again soon.")
                        .endObject();
                responses.header("Retry-After", "1").send(exchange, ProblemKind.OVERLOADED.status());
            }
            case PRUNED -> pruned(exchange, PRUNED_DETAIL);
            case UNREADABLE ->
                exchange.loop.fail(exchange, new IllegalStateException("the event log could not be read"));
        }
    }
}
