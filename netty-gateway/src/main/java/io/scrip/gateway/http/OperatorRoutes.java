package io.scrip.gateway.http;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.http.Route.Access;
import java.util.List;

/** The routes by which things are set up and watched: most of them need an operator's key. */
final class OperatorRoutes {
    private static final int BODY = GatewayConfig.MAX_BODY_BYTES;
    private static final int NONE = 0;

    private OperatorRoutes() {}

    static List<Route> all() {
        return List.of(
                new Route("POST", "/api/v1/wallets", Access.OPERATOR, BODY, new CommandEndpoints.OpenWallet()),
                new Route("POST", "/api/v1/tokens/{code}/issue", Access.OPERATOR, BODY, new CommandEndpoints.Issue()),
                new Route("GET", "/api/v1/trial-balance", Access.OPERATOR, NONE, new QueryEndpoints.TrialBalance()));
    }
}
