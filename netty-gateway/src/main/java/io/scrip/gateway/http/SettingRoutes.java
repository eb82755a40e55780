package io.scrip.gateway.http;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.http.Route.Access;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.SettingRequests;
import io.scrip.protocol.Outcome;
import java.util.List;

/** The routes by which something is set, and those that tell what is set. */
final class SettingRoutes {
    private static final int BODY = GatewayConfig.MAX_BODY_BYTES;
    private static final int NONE = 0;
    private static final String WALLET = "/api/v1/wallets/{wallet_id}/";

    private SettingRoutes() {}

    static List<Route> all() {
        return List.of(
                new Route("POST", "/api/v1/tokens", Access.OPERATOR, BODY, forAll(SettingRequests::token)),
                new Route("GET", "/api/v1/tokens", Access.KEY, NONE, new SettingQueries.Tokens()),
                new Route("POST", "/api/v1/fees", Access.OPERATOR, BODY, forAll(SettingRequests::fee)),
                new Route("GET", "/api/v1/fees", Access.KEY, NONE, new SettingQueries.Fees()),
                new Route("GET", WALLET + "accounts", Access.KEY, NONE, new SettingQueries.Accounts()),
                new Route("GET", WALLET + "lots", Access.KEY, NONE, new SettingQueries.Lots()),
                new Route("GET", WALLET + "controls", Access.KEY, NONE, new SettingQueries.Controls()),
                new Route("POST", WALLET + "freeze", Access.OPERATOR, BODY, ofWallet(SettingRequests::freeze)),
                new Route("POST", WALLET + "unfreeze", Access.OPERATOR, BODY, ofWallet(SettingRequests::unfreeze)),
                new Route("POST", WALLET + "close", Access.OPERATOR, BODY, ofWallet(SettingRequests::close)),
                new Route("POST", WALLET + "bounds", Access.OPERATOR, BODY, ofWallet(SettingRequests::bounds)),
                new Route("POST", WALLET + "parent", Access.OPERATOR, BODY, ofWallet(SettingRequests::parent)),
                new Route("POST", WALLET + "limits", Access.KEY, BODY, ofWallet(SettingRequests::limit)),
                new Route("POST", WALLET + "budgets", Access.KEY, BODY, ofWallet(SettingRequests::budget)),
                new Route("POST", WALLET + "counterparties", Access.KEY, BODY, ofWallet(SettingRequests::allow)),
                new Route(
                        "POST", WALLET + "counterparties/remove", Access.KEY, BODY, ofWallet(SettingRequests::remove)),
                new Route("POST", WALLET + "kill-switch", Access.KEY, BODY, ofWallet(SettingRequests::killSwitch)));
    }

    private static Endpoint forAll(SettingRequests.Encoding encoding) {
        return new CommandEndpoint((reader, exchange, body, length) ->
                encoding.encode(reader.settings(), input(exchange, body, length, WalletIds.NONE)));
    }

    /** What cannot be a wallet's id is answered as a wallet that is not there. */
    private static Endpoint ofWallet(SettingRequests.Encoding encoding) {
        return new CommandEndpoint((reader, exchange, body, length) -> {
            long wallet = WalletIds.parse(exchange.parameter);
            if (wallet == WalletIds.NONE) {
                OutcomeStatus row = OutcomeStatus.of(Outcome.UNKNOWN_WALLET);
                exchange.loop.responses().refusal(exchange, row, OutcomeProblem.Numbers.NONE);
                return null;
            }
            return encoding.encode(reader.settings(), input(exchange, body, length, wallet));
        });
    }

    private static SettingRequests.Input input(Exchange exchange, byte[] body, int length, long wallet) {
        return new SettingRequests.Input(
                body, length, exchange.idHeader, exchange.viewer, wallet, exchange.loop.command());
    }
}
