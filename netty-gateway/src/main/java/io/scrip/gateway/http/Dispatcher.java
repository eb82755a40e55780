package io.scrip.gateway.http;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.HoldScales;
import io.scrip.gateway.request.RequestFault;
import io.scrip.gateway.request.RequestReader;
import io.scrip.gateway.request.SocketRequest;
import io.scrip.protocol.Role;
import java.util.Locale;

/**
 * Decides what becomes of a request: which route, whose key, how often, and then hands it to the endpoint. Stateless
 * but for the table of routes; shared by all loops.
 */
final class Dispatcher {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    /** The body of a refused request is read and thrown away, if it is no larger than an ordinary one. */
    private static final int REFUSED_BODY_BYTES = GatewayConfig.MAX_BODY_BYTES;

    private static final String MEDIA_TYPE = "application/json";
    private static final String API = "/api/v1/";
    private static final String OPERATOR_NEEDED = "This needs an operator's key.";

    private final Routes routes;
    private final Services services;

    /** An endpoint for a request that was refused on sight: answers as soon as its body has been read. */
    @FunctionalInterface
    private interface Refusal extends Endpoint {}

    Dispatcher(Routes routes, Services services) {
        this.routes = routes;
        this.services = services;
    }

    Routes routes() {
        return routes;
    }

    /**
     * Looks at the head. Whatever is refused is answered when the body has passed.
     *
     * @return how many bytes of body are taken
     */
    int begin(Exchange exchange, String method, RequestHead head) {
        int queryAt = head.target.indexOf('?');
        String path = queryAt < 0 ? head.target : head.target.substring(0, queryAt);
        exchange.query = queryAt < 0 ? "" : head.target.substring(queryAt + 1);
        Routes.Match match = routes.find(method, path);
        if (match == null) {
            exchange.endpoint = noRoute(path);
            return REFUSED_BODY_BYTES;
        }
        Route route = match.place().route();
        exchange.routeIndex = match.place().index();
        exchange.endpoint = route.endpoint();
        exchange.parameter = match.parameter();
        exchange.idHeader = head.idempotencyKey;
        Refusal refusal = refusal(exchange, route, head);
        if (refusal != null) {
            exchange.endpoint = refusal;
        }
        return refusal == null ? route.maxBodyBytes() : REFUSED_BODY_BYTES;
    }

    /**
     * Whether a plain request with that key needs no refusal; then the exchange knows all but its body.
     *
     * @param viewer {@code null} when the key is not known
     */
    boolean beginPlain(Exchange exchange, PlainRequest request, Viewer viewer) {
        boolean mayPass = viewer != null
                && (viewer.role() != Role.WALLET || services.buckets().take(viewer.wallet(), exchange.startedNs) == 0);
        if (mayPass) {
            exchange.viewer = viewer;
            exchange.query = "";
            exchange.endpoint = request.place.route().endpoint();
            exchange.routeIndex = request.place.index();
            exchange.idHeader = request.idempotencyKey();
        }
        return mayPass;
    }

    /**
     * Takes a request that came as a message, with the key of its connection; whatever is refused is answered.
     *
     * @param fault   what is wrong with the message, {@code null}: nothing
     * @param message the message as it was read; the body is moved to its beginning
     */
    void handleText(
            Exchange exchange, String authorization, SocketRequest request, RequestFault fault, byte[] message) {
        exchange.query = "";
        Refusal refusal = refusalOfKey(exchange, Route.Access.KEY, authorization);
        if (refusal == null) {
            refusal = fault != null ? faulty(fault) : refusalOfText(exchange, request);
        }
        if (refusal != null) {
            exchange.endpoint = refusal;
        }
        System.arraycopy(message, request.bodyAt(), message, 0, request.bodyLength());
        handle(exchange, message, request.bodyLength());
    }

    private Refusal refusalOfText(Exchange exchange, SocketRequest request) {
        int queryAt = request.path().indexOf('?');
        String path = queryAt < 0 ? request.path() : request.path().substring(0, queryAt);
        Routes.Match match = routes.find(request.method(), path);
        if (match == null) {
            return noRoute(path);
        }
        Route route = match.place().route();
        if (!path.startsWith(API) || route.endpoint().takesConnection()) {
            return problem(ProblemKind.NOT_FOUND, "Only what stands below " + API + " is answered in messages.");
        }
        exchange.query = queryAt < 0 ? "" : request.path().substring(queryAt + 1);
        exchange.routeIndex = match.place().index();
        exchange.endpoint = route.endpoint();
        exchange.parameter = match.parameter();
        exchange.idHeader = request.idempotencyKey();
        if (route.access() == Route.Access.OPERATOR && exchange.viewer.role() != Role.OPERATOR) {
            return problem(ProblemKind.NOT_AUTHORIZED, OPERATOR_NEEDED);
        }
        return request.bodyLength() > route.maxBodyBytes()
                ? problem(ProblemKind.BODY_TOO_LARGE, bodyLimitDetail(route.maxBodyBytes()))
                : null;
    }

    private static Refusal faulty(RequestFault fault) {
        return (exchange, body, length) ->
                exchange.loop.responses().problem(exchange, fault.kind(), fault.getMessage(), fault.field());
    }

    /** Hands the whole request over. */
    void handle(Exchange exchange, byte[] body, int length) {
        exchange.loop.prepareReader(exchange);
        try {
            exchange.endpoint.handle(exchange, body, length);
        } catch (RequestFault fault) {
            exchange.loop.responses().problem(exchange, fault.kind(), fault.getMessage(), fault.field());
        } catch (RequestReader.UnknownToken unknown) {
            TokenRefresh.begin(this, exchange, body, length);
        } catch (HoldScales.UnknownHolds unknown) {
            Lookup.holds(this, exchange, body, length, unknown.holds());
        } catch (ReverseEndpoint.UnknownOriginal unknown) {
            Lookup.original(this, exchange, body, length, unknown);
        } catch (RuntimeException unexpected) {
            exchange.loop.fail(exchange, unexpected);
        }
    }

    String bodyLimitDetail(int maxBodyBytes) {
        return maxBodyBytes == 0
                ? "No body is taken here."
                : "The body may have at most " + maxBodyBytes + " bytes here.";
    }

    private Refusal noRoute(String path) {
        String allowed = routes.allowed(path);
        if (allowed.isEmpty()) {
            return problem(ProblemKind.NOT_FOUND, "There is nothing at this path.");
        }
        return (exchange, body, length) -> {
            Responses responses = exchange.loop.responses();
            responses
                    .beginProblem(exchange, ProblemKind.METHOD_NOT_ALLOWED, "This path knows only: " + allowed + ".")
                    .endObject();
            responses.header("Allow", allowed).send(exchange, ProblemKind.METHOD_NOT_ALLOWED.status());
        };
    }

    private Refusal refusal(Exchange exchange, Route route, RequestHead head) {
        Refusal ofKey =
                route.access() == Route.Access.OPEN ? null : refusalOfKey(exchange, route.access(), head.authorization);
        if (ofKey != null) {
            return ofKey;
        }
        if (head.contentEncoding != null) {
            return problem(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Bodies are taken without any Content-Encoding.");
        }
        if (route.maxBodyBytes() > 0 && !isJson(head.contentType)) {
            return problem(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
        }
        return null;
    }

    private Refusal refusalOfKey(Exchange exchange, Route.Access access, String authorization) {
        exchange.viewer = exchange.origin.authenticator().viewerOf(authorization);
        if (exchange.viewer == null) {
            return unauthorized(authorization != null);
        }
        if (access == Route.Access.OPERATOR && exchange.viewer.role() != Role.OPERATOR) {
            return problem(ProblemKind.NOT_AUTHORIZED, OPERATOR_NEEDED);
        }
        long waitNs = exchange.viewer.role() == Role.WALLET
                ? services.buckets().take(exchange.viewer.wallet(), System.nanoTime())
                : 0;
        return waitNs > 0 ? rateLimited(waitNs) : null;
    }

    private static Refusal problem(ProblemKind kind, String detail) {
        return (exchange, body, length) -> exchange.loop.responses().problem(exchange, kind, detail, null);
    }

    private static Refusal unauthorized(boolean keyGiven) {
        String detail = keyGiven
                ? "This key is not known here."
                : "Send a key in the header Authorization, as Bearer and the key.";
        String challenge = keyGiven ? "Bearer realm=\"scrip\", error=\"invalid_token\"" : "Bearer realm=\"scrip\"";
        return (exchange, body, length) -> {
            Responses responses = exchange.loop.responses();
            responses.beginProblem(exchange, ProblemKind.UNAUTHORIZED, detail).endObject();
            responses.header("WWW-Authenticate", challenge).send(exchange, ProblemKind.UNAUTHORIZED.status());
        };
    }

    private Refusal rateLimited(long waitNs) {
        RateLimit limit = services.config().rateLimit();
        String seconds = Long.toString(waitNs / NS_PER_SECOND + 1);
        long windowSeconds = Math.max(1, limit.burst() / limit.perSecond());
        return (exchange, body, length) -> {
            Responses responses = exchange.loop.responses();
            responses
                    .beginProblem(
                            exchange,
                            ProblemKind.RATE_LIMITED,
                            "This key may send " + limit.perSecond() + " requests a second. Nothing was accepted.")
                    .name("limit")
                    .number(limit.perSecond())
                    .endObject();
            responses
                    .header("Retry-After", seconds)
                    .header("RateLimit", "\"key\";r=0;t=" + seconds)
                    .header("RateLimit-Policy", "\"key\";q=" + limit.burst() + ";w=" + windowSeconds)
                    .send(exchange, ProblemKind.RATE_LIMITED.status());
        };
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        if (contentType.equals(MEDIA_TYPE)) {
            return true;
        }
        String text = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        return text.equals(MEDIA_TYPE) || text.equals(MEDIA_TYPE + ";charset=utf-8");
    }
}
