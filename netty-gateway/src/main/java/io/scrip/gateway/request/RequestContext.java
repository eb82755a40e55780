package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.MessageHeaderEncoder;

/** What the readers of all kinds of bodies share. One instance belongs to one thread. */
final class RequestContext {
    final JsonBody json = new JsonBody();
    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TokenScales scales;
    private boolean tokensFresh;
    private HoldScales holds = new HoldScales();

    RequestContext(TokenScales scales) {
        this.scales = scales;
    }

    void tokensAreFresh(boolean fresh) {
        tokensFresh = fresh;
    }

    /** What is known of the holds that the request in hand is about. */
    void holds(HoldScales known) {
        holds = known;
    }

    HoldScales holds() {
        return holds;
    }

    /** The token's decimal places, {@link TokenScales#UNKNOWN} when it is not registered. */
    int scaleOf(long token) {
        return scales.scaleOf(token);
    }

    /**
     * Whether a scale belongs to a registered token.
     *
     * @throws RequestReader.UnknownToken when the table of tokens may be too old to say so
     */
    boolean isKnown(int scale) {
        if (scale == TokenScales.UNKNOWN && !tokensFresh) {
            throw new RequestReader.UnknownToken();
        }
        return scale != TokenScales.UNKNOWN;
    }

    static void writeCaller(CallerEncoder encoder, Viewer caller) {
        encoder.role(caller.role()).wallet(caller.wallet());
    }

    static RequestFault invalid(String field, String detail) {
        return new RequestFault(ProblemKind.INVALID_VALUE, field, detail);
    }
}
