package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.http.StoredOutcomes.Trouble;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Receipts, and what their verifier needs. */
final class ReceiptEndpoints {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    /** How often and how many times a receipt is asked for again while its interval is not signed: a second in all. */
    private static final long AGAIN_MS = 50;

    private static final int TRIES = 20;

    private ReceiptEndpoints() {}

    /** {@code GET /api/v1/transfers/{id}/receipt}. */
    static final class ReceiptById implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            QueryEndpoints.askForOutcome(exchange, Outcome.UNKNOWN_TRANSFER);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            OutcomeReplyDecoder found = new OutcomeReplyDecoder();
            found.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            if (templateId != OutcomeReplyDecoder.TEMPLATE_ID || found.eventSequence() == 0) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_TRANSFER);
                return;
            }
            ask(exchange, found.eventSequence(), TRIES);
        }

        private static void ask(Exchange exchange, long eventSequence, int triesLeft) {
            Loop loop = exchange.loop;
            loop.services().archive().receipts().receipt(eventSequence, exchange.viewer, new Receipts.Answer() {
                @Override
                public void onReceipt(ByteBuf json) {
                    loop.later(() -> QueryEndpoints.sendStored(exchange, OK, json));
                }

                @Override
                public void onUnsigned() {
                    if (triesLeft == 0 || exchange.origin.isGone()) {
                        loop.later(() -> answerUnsigned(exchange));
                    } else {
                        loop.laterIn(AGAIN_MS, () -> ask(exchange, eventSequence, triesLeft - 1));
                    }
                }

                @Override
                public void onTrouble(Trouble trouble) {
                    loop.later(() -> Deferred.explain(exchange, trouble));
                }
            });
        }

        private static void answerUnsigned(Exchange exchange) {
            Responses responses = exchange.loop.responses();
            responses
                    .begin()
                    .beginObject()
                    .name("status")
                    .string("not_signed_yet")
                    .endObject();
            responses.header("Retry-After", "1").send(exchange, ACCEPTED);
        }
    }

    /** {@code GET /api/v1/proof/key}. */
    static final class Key implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            byte[] key = exchange.loop.services().archive().receipts().publicKey();
            Responses responses = exchange.loop.responses();
            responses
                    .begin()
                    .beginObject()
                    .name("algorithm")
                    .string("Ed25519")
                    .name("public_key")
                    .string(HexFormat.of().formatHex(key))
                    .endObject();
            responses.send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/proof/statements?from=&limit=}. */
    static final class Statements implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.Range range = Parameters.statements(exchange.query);
            exchange.loop
                    .services()
                    .archive()
                    .receipts()
                    .statements(
                            range.from(),
                            range.limit(),
                            Deferred.answer(
                                    exchange, (status, page) -> QueryEndpoints.sendStored(exchange, status, page)));
        }
    }
}
