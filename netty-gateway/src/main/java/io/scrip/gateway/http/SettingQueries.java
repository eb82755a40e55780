package io.scrip.gateway.http;

import io.scrip.gateway.json.AccountsJson;
import io.scrip.gateway.json.ControlsJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.LotsJson;
import io.scrip.gateway.json.SettingsJson;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.ControlsReplyDecoder;
import io.scrip.protocol.GetControlsEncoder;
import io.scrip.protocol.GetLotsEncoder;
import io.scrip.protocol.GetSettingsEncoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The endpoints that tell what is set: tokens, fees, accounts, lots, and the rules of a wallet. */
final class SettingQueries {
    static final Set<String> OF_LOTS = Set.of("token", "account");

    private static final int OK = 200;
    private static final int MAX_ACCOUNT = 65_534;

    private SettingQueries() {}

    /** {@code GET /api/v1/tokens}. */
    static final class Tokens implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            askForSettings(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            requireSettings(templateId);
            new SettingsJson().writeTokens(exchange.loop.responses().begin(), reply, offset);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/fees}. */
    static final class Fees implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            askForSettings(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            requireSettings(templateId);
            new SettingsJson().writeFees(exchange.loop.responses().begin(), reply, offset, exchange.viewer);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/wallets/{wallet_id}/accounts}. */
    static final class Accounts implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            QueryEndpoints.askForWallet(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != WalletReplyDecoder.TEMPLATE_ID) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            new AccountsJson().write(exchange.loop.responses().begin(), reply, offset);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/wallets/{wallet_id}/lots?token=…&account=…}. */
    static final class Lots implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Map<String, List<String>> given = Parameters.read(exchange.query, OF_LOTS);
            String token = Parameters.first(given, "token");
            String account = Parameters.first(given, "account");
            long code = token == null ? TokenCodes.NONE : TokenCodes.parse(token);
            if (code == TokenCodes.NONE) {
                throw Parameters.fault("token", "The parameter must be a token's code.");
            }
            int accountCode = account == null ? 0 : (int) Parameters.integer("account", account, 0, MAX_ACCOUNT);
            long wallet = WalletIds.parse(exchange.parameter);
            if (wallet == WalletIds.NONE || !exchange.viewer.mayRead(wallet)) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            MutableDirectBuffer buffer = exchange.loop.command().blank(GetLotsEncoder.BLOCK_LENGTH);
            GetLotsEncoder query = new GetLotsEncoder();
            query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            QueryEndpoints.caller(query.caller(), exchange);
            query.wallet(wallet).token(code).account(accountCode);
            exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != LotsReplyDecoder.TEMPLATE_ID) {
                QueryEndpoints.unknown(exchange, exchange.loop.answers().refusal(reply, offset));
                return;
            }
            new LotsJson().write(exchange.loop.responses().begin(), reply, offset);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** {@code GET /api/v1/wallets/{wallet_id}/controls}; the core knows who stands above the wallet. */
    static final class Controls implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            long wallet = WalletIds.parse(exchange.parameter);
            if (wallet == WalletIds.NONE) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            MutableDirectBuffer buffer = exchange.loop.command().blank(GetControlsEncoder.BLOCK_LENGTH);
            GetControlsEncoder query = new GetControlsEncoder();
            query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            QueryEndpoints.caller(query.caller(), exchange);
            query.wallet(wallet);
            exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != ControlsReplyDecoder.TEMPLATE_ID) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            JsonOut json = exchange.loop.responses().begin();
            new ControlsJson().write(json, reply, offset);
            exchange.loop.responses().send(exchange, OK);
        }
    }

    private static void askForSettings(Exchange exchange) {
        Parameters.none(exchange.query);
        MutableDirectBuffer buffer = exchange.loop.command().blank(GetSettingsEncoder.BLOCK_LENGTH);
        GetSettingsEncoder query = new GetSettingsEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        QueryEndpoints.caller(query.caller(), exchange);
        exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
    }

    private static void requireSettings(int templateId) {
        if (templateId != SettingsReplyDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("the core refused to tell its settings");
        }
    }
}
