package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestFault;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.math.BigInteger;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The endpoints that only read. They go through the ring like commands, so they never show what is not durable. */
final class QueryEndpoints {
    private static final int OK = 200;

    private QueryEndpoints() {}

    /** {@code GET /api/v1/wallets/{wallet_id}}. */
    static final class Wallet implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            askForWallet(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != WalletReplyDecoder.TEMPLATE_ID) {
                unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            exchange.loop.walletJson().write(exchange.loop.responses().begin(), reply, offset);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/wallets/{wallet_id}/transactions}. */
    static final class Transactions implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            exchange.transactionQuery = Parameters.transactions(exchange.query);
            askForWallet(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != WalletReplyDecoder.TEMPLATE_ID) {
                unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            exchange.loop
                    .services()
                    .outcomes()
                    .transactions(
                            reply,
                            offset,
                            length,
                            exchange.transactionQuery,
                            exchange.viewer,
                            Deferred.answer(exchange, (status, page) -> sendStored(exchange, status, page)));
        }
    }

    /** {@code GET /api/v1/transfers/{id}}. */
    static final class TransferById implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            askForOutcome(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            OutcomeReplyDecoder found = new OutcomeReplyDecoder();
            found.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            long eventSequence = found.eventSequence();
            if (templateId != OutcomeReplyDecoder.TEMPLATE_ID || eventSequence == 0) {
                unknown(exchange, Outcome.UNKNOWN_TRANSFER);
                return;
            }
            exchange.loop
                    .services()
                    .outcomes()
                    .renderOutcome(
                            eventSequence,
                            exchange.viewer,
                            StoredOutcomes.Form.RESOURCE,
                            Deferred.answer(exchange, (status, body) -> sendStored(exchange, status, body)));
        }
    }

    /** {@code GET /api/v1/trial-balance}. */
    static final class TrialBalance implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            MutableDirectBuffer buffer = exchange.loop.command().blank(GetTrialBalanceEncoder.BLOCK_LENGTH);
            GetTrialBalanceEncoder query = new GetTrialBalanceEncoder();
            query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            query.id().high(0).low(0);
            caller(query.caller(), exchange);
            exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != TrialBalanceReplyDecoder.TEMPLATE_ID) {
                throw new IllegalStateException("the core refused a trial balance");
            }
            TrialBalanceReplyDecoder balance = new TrialBalanceReplyDecoder();
            balance.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            JsonOut json = exchange.loop.responses().begin();
            json.beginObject().name("sequence").number(balance.sequence());
            json.name("timestamp").timestamp(balance.timestamp());
            json.name("tokens").beginArray();
            for (TrialBalanceReplyDecoder.TokensDecoder token : balance.tokens()) {
                writeToken(json, token);
            }
            json.endArray().endObject();
            exchange.loop.responses().send(exchange, OK);
        }

        private static void writeToken(JsonOut json, TrialBalanceReplyDecoder.TokensDecoder token) {
            int scale = token.scale();
            BigInteger debits = Amounts.integer(token.debitsHigh(), token.debitsLow());
            BigInteger credits = Amounts.integer(token.creditsHigh(), token.creditsLow());
            json.beginObject().name("token").token(token.token());
            json.name("scale").number(scale);
            json.name("transferable").bool(token.transferable() != 0);
            json.name("accounts").number(token.accounts());
            json.name("debits").string(Amounts.toText(debits, scale));
            json.name("credits").string(Amounts.toText(credits, scale));
            json.name("difference").string(Amounts.toText(debits.subtract(credits), scale));
            json.endObject();
        }
    }

    /** Answers 404 in the same words, whether the thing is not there or not for this caller. */
    static void unknown(Exchange exchange, Outcome outcome) {
        exchange.loop.responses().refusal(exchange, OutcomeStatus.of(outcome), OutcomeProblem.Numbers.NONE);
    }

    static void askForWallet(Exchange exchange) {
        long wallet = WalletIds.parse(exchange.parameter);
        if (wallet == WalletIds.NONE || !exchange.viewer.mayRead(wallet)) {
            unknown(exchange, Outcome.UNKNOWN_WALLET);
            return;
        }
        MutableDirectBuffer buffer = exchange.loop.command().blank(GetWalletEncoder.BLOCK_LENGTH);
        GetWalletEncoder query = new GetWalletEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        query.id().high(0).low(0);
        caller(query.caller(), exchange);
        query.wallet(wallet);
        exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
    }

    /** Asks where the outcome of the id in the path stands. */
    static void askForOutcome(Exchange exchange) {
        CommandId id;
        try {
            id = CommandId.of(exchange.parameter, exchange.viewer.wallet());
        } catch (RequestFault noId) {
            unknown(exchange, Outcome.UNKNOWN_TRANSFER);
            return;
        }
        MutableDirectBuffer buffer = exchange.loop.command().blank(GetOutcomeEncoder.BLOCK_LENGTH);
        GetOutcomeEncoder query = new GetOutcomeEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        query.id().high(id.high()).low(id.low());
        caller(query.caller(), exchange);
        exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
    }

    static void sendStored(Exchange exchange, int status, ByteBuf body) {
        exchange.loop.responses().begin();
        exchange.loop.responses().send(exchange, status, body);
    }

    static void caller(CallerEncoder encoder, Exchange exchange) {
        encoder.role(exchange.viewer.role()).wallet(exchange.viewer.wallet());
    }
}
