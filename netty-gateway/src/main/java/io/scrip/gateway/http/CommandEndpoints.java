package io.scrip.gateway.http;

import io.scrip.gateway.auth.ApiKey;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestReader.KeyHash;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.Outcome;
import org.agrona.DirectBuffer;

/** The endpoints that change state: JSON to a command, and its reply to JSON. Stateless. */
final class CommandEndpoints {
    private CommandEndpoints() {}

    /** {@code POST /api/v1/wallets}. */
    static final class OpenWallet implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Loop loop = exchange.loop;
            exchange.secret = ApiKey.newSecret();
            ApiKey.Hash hash = ApiKey.hash(exchange.secret);
            CommandId id = loop.reader()
                    .openWallet(
                            body,
                            length,
                            exchange.idHeader,
                            exchange.viewer,
                            new KeyHash(hash.high(), hash.low()),
                            loop.command());
            exchange.adviseId = !id.uuid7();
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            exchange.loop.answers().openWallet(exchange, reply, offset);
        }
    }

    /** {@code POST /api/v1/tokens/{code}/issue}. */
    static final class Issue implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Loop loop = exchange.loop;
            long token = TokenCodes.parse(exchange.parameter);
            if (token == TokenCodes.NONE) {
                OutcomeStatus row = OutcomeStatus.of(Outcome.UNKNOWN_TOKEN, IssueDecoder.TEMPLATE_ID);
                loop.responses().refusal(exchange, row, OutcomeProblem.Numbers.NONE);
                return;
            }
            CommandId id = loop.reader().issue(token, body, length, exchange.idHeader, exchange.viewer, loop.command());
            exchange.adviseId = !id.uuid7();
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            exchange.loop.answers().issue(exchange, reply, offset);
        }
    }

    /** {@code POST /api/v1/transfers}. */
    static final class Transfer implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Loop loop = exchange.loop;
            CommandId id = loop.reader().transfer(body, length, exchange.idHeader, exchange.viewer, loop.command());
            exchange.adviseId = !id.uuid7();
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            exchange.loop.answers().transfer(exchange, reply, offset);
        }
    }

    /** {@code POST /api/v1/holds}. */
    static final class Hold implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Loop loop = exchange.loop;
            CommandId id =
                    loop.reader().transfers().hold(body, length, exchange.idHeader, exchange.viewer, loop.command());
            exchange.adviseId = !id.uuid7();
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            exchange.loop.answers().transfer(exchange, reply, offset);
        }
    }

    /** {@code POST /api/v1/transfers/batch}. */
    static final class Batch implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Loop loop = exchange.loop;
            loop.reader().batch(body, length, exchange.viewer, loop.command());
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != BatchReplyDecoder.TEMPLATE_ID) {
                throw new IllegalStateException(
                        "the core calls a batch " + exchange.loop.answers().refusal(reply, offset));
            }
            exchange.loop.batchAnswers().begin(exchange, reply, offset);
        }
    }
}
