package io.scrip.gateway.http;

import io.scrip.gateway.http.Route.Access;
import java.util.List;

/** The routes to what was written: past balances, receipts, events. */
final class ArchiveRoutes {
    private static final int NONE = 0;

    private ArchiveRoutes() {}

    static List<Route> all() {
        return List.of(
                new Route(
                        "GET",
                        "/api/v1/wallets/{wallet_id}/balances",
                        Access.KEY,
                        NONE,
                        new ArchiveEndpoints.BalancesAt()),
                new Route(
                        "GET", "/api/v1/transfers/{id}/receipt", Access.KEY, NONE, new ReceiptEndpoints.ReceiptById()),
                new Route("GET", "/api/v1/proof/key", Access.OPEN, NONE, new ReceiptEndpoints.Key()),
                new Route("GET", "/api/v1/proof/statements", Access.OPERATOR, NONE, new ReceiptEndpoints.Statements()),
                new Route("GET", "/api/v1/events", Access.OPERATOR, NONE, new FeedEndpoints.Events()),
                new Route("HEAD", "/api/v1/events", Access.OPERATOR, NONE, new FeedEndpoints.LastEvent()));
    }
}
