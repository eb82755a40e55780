package io.scrip.gateway.http;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.http.PlainEndpoints.Page;
import io.scrip.gateway.http.Route.Access;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.request.TransferRequests;
import io.scrip.protocol.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Every route there is, on one screen. A test compares it with the OpenAPI file. */
final class ApiRoutes {
    private static final int BODY = GatewayConfig.MAX_BODY_BYTES;
    private static final int BATCH = GatewayConfig.MAX_BATCH_BODY_BYTES;
    private static final int NONE = 0;
    private static final String RESOURCES = "/io/scrip/gateway/";

    private ApiRoutes() {}

    static List<Route> all() {
        return Stream.of(
                        transfers(), wallets(), OperatorRoutes.all(), SettingRoutes.all(), ArchiveRoutes.all(), pages())
                .flatMap(List::stream)
                .toList();
    }

    /** Ordered by how often they are asked for. */
    private static List<Route> transfers() {
        return List.of(
                new Route("POST", "/api/v1/transfers", Access.KEY, BODY, new CommandEndpoints.Transfer()),
                new Route("POST", "/api/v1/transfers/batch", Access.KEY, BATCH, new CommandEndpoints.Batch()),
                new Route("GET", "/api/v1/transfers/{id}", Access.KEY, NONE, transferById()),
                new Route("POST", "/api/v1/transfers/{id}/reverse", Access.KEY, BODY, new ReverseEndpoint()),
                new Route("POST", "/api/v1/holds", Access.KEY, BODY, new CommandEndpoints.Hold()),
                new Route("GET", "/api/v1/holds/{id}", Access.KEY, NONE, holdById()),
                new Route(
                        "POST", "/api/v1/holds/{id}/post", Access.KEY, BODY, new CommandEndpoint(HoldEndpoints::post)),
                new Route(
                        "POST",
                        "/api/v1/holds/{id}/void",
                        Access.KEY,
                        BODY,
                        new CommandEndpoint(HoldEndpoints::voidHold)),
                new Route(
                        "POST",
                        "/api/v1/holds/{id}/extend",
                        Access.KEY,
                        BODY,
                        new CommandEndpoint(HoldEndpoints::extend)),
                new Route("POST", "/api/v1/credits/transfer", Access.KEY, BODY, new CreditEndpoints.Transfer()),
                new Route("GET", "/api/v1/credits/balance", Access.KEY, NONE, new CreditEndpoints.Balance()),
                new Route(
                        "GET",
                        "/api/v1/credits/transactions",
                        Access.KEY,
                        NONE,
                        new QueryEndpoints.Transactions(TransferRequests.CREDITS)));
    }

    private static Endpoint transferById() {
        return new QueryEndpoints.TransferById(StoredOutcomes.Form.RESOURCE, Outcome.UNKNOWN_TRANSFER);
    }

    private static Endpoint holdById() {
        return new QueryEndpoints.TransferById(StoredOutcomes.Form.HOLD, Outcome.UNKNOWN_HOLD);
    }

    private static List<Route> wallets() {
        return List.of(
                new Route("GET", "/api/v1/wallets/{wallet_id}", Access.KEY, NONE, new QueryEndpoints.Wallet()),
                new Route(
                        "GET",
                        "/api/v1/wallets/{wallet_id}/transactions",
                        Access.KEY,
                        NONE,
                        new QueryEndpoints.Transactions(TokenCodes.NONE)),
                new Route("POST", "/api/v1/admin/snapshots", Access.OPERATOR, NONE, new TakeSnapshot()),
                new Route("GET", "/ws/wallet/{wallet_id}", Access.KEY, NONE, new WalletSocket()),
                new Route("GET", "/ws/commands", Access.KEY, NONE, new CommandSocket()));
    }

    private static List<Route> pages() {
        return List.of(
                new Route("GET", "/healthz", Access.OPEN, NONE, new PlainEndpoints.Health()),
                new Route("GET", "/readyz", Access.OPEN, NONE, new PlainEndpoints.Readiness()),
                new Route("GET", "/metrics", Access.OPEN, NONE, new PlainEndpoints.Metrics()),
                new Route(
                        "GET",
                        "/openapi.yaml",
                        Access.OPEN,
                        NONE,
                        Page.of(RESOURCES + "openapi.yaml", "application/yaml; charset=utf-8")),
                new Route(
                        "GET",
                        "/asyncapi.yaml",
                        Access.OPEN,
                        NONE,
                        Page.of(RESOURCES + "asyncapi.yaml", "application/yaml; charset=utf-8")),
                new Route(
                        "GET",
                        "/docs",
                        Access.OPEN,
                        NONE,
                        Page.of(RESOURCES + "docs/index.html", "text/html; charset=utf-8")),
                new Route("GET", "/docs/{file}", Access.OPEN, NONE, new PlainEndpoints.Pages(docs())));
    }

    private static Map<String, Page> docs() {
        String viewer = "/META-INF/resources/webjars/swagger-ui/" + viewerVersion() + "/";
        String script = "text/javascript; charset=utf-8";
        return Map.of(
                "start.js", Page.of(RESOURCES + "docs/start.js", script),
                "swagger-ui-bundle.js", Page.of(viewer + "swagger-ui-bundle.js", script),
                "swagger-ui.css", Page.of(viewer + "swagger-ui.css", "text/css; charset=utf-8"),
                "favicon-32x32.png", Page.of(viewer + "favicon-32x32.png", "image/png"));
    }

    /** The WebJar keeps its files under its version, which only the build knows. */
    private static String viewerVersion() {
        String place = RESOURCES + "build.properties";
        try (InputStream in = ApiRoutes.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + place);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("swagger-ui.version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
