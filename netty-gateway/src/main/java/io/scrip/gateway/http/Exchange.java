package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.history.Moment;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.HoldScales;
import io.scrip.gateway.request.Original;

/** One request and its answer. Belongs to its origin's event loop. */
final class Exchange {
    final Origin origin;
    final Loop loop;
    final long startedNs;

    /** The route's number, -1 when none fits. */
    int routeIndex = -1;

    /** Whether the answer is a message of text, and not one of HTTP. */
    boolean isText;
    /** The client's number of a request that came as text. */
    long requestNumber;
    /** What such a request counts against the bytes in flight. */
    int chargeBytes;

    Endpoint endpoint;
    Viewer viewer;
    String parameter;
    String query;
    String idHeader;
    /** Whether the answer must not have a body, only its length. */
    boolean headOnly;
    /** Whether the connection ends with this answer. */
    boolean closes;

    /** The command as it was submitted, with its header. */
    byte[] command;
    /** Secret part of the key of a wallet that is being opened. */
    String secret;
    /** Whether the id of the command can only be protected while it is remembered. */
    boolean adviseId;
    /** What a listing was asked for, {@code null} otherwise. */
    TransactionQuery transactionQuery;
    /** What moment of the past was asked for, {@code null} otherwise. */
    Moment moment;
    /** When it was asked for, in nanoseconds since 1970 UTC. */
    long askedAtNs;
    /** Body kept for reading it again, {@code null} otherwise. */
    byte[] body;
    /** Whether the table of tokens has been compared with the ledger for this request. */
    boolean tokensFresh;
    /** What was found out about holds, {@code null} when nothing was asked. */
    HoldScales holds;
    /** What is to be given back, {@code null} as long as it is not known. */
    Original original;
    /** When the command was accepted. */
    long submittedNs;

    private String requestId;
    private ByteBuf response;
    private boolean answered;

    Exchange(Origin origin, Loop loop, long startedNs) {
        this.origin = origin;
        this.loop = loop;
        this.startedNs = startedNs;
    }

    /** The connection of a request that came over HTTP. */
    HttpConnection connection() {
        return (HttpConnection) origin;
    }

    /** This request's own id. */
    String requestId() {
        if (requestId == null) {
            requestId = loop.nextRequestId();
        }
        return requestId;
    }

    /** This request's own id, {@code null} as long as it has none. */
    String requestIdIfAny() {
        return requestId;
    }

    /** Takes the id under which the outcome is remembered as this request's. */
    void requestId(String id) {
        requestId = id;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Hands over the whole answer, head and body; the connection sends it when its turn has come. */
    void answer(int status, ByteBuf wholeResponse) {
        if (answered) {
            wholeResponse.release();
            throw new IllegalStateException("a request was answered twice");
        }
        answered = true;
        if (origin.isGone()) {
            wholeResponse.release();
        } else {
            response = wholeResponse;
        }
        loop.metrics().onAnswer(routeIndex, status, System.nanoTime() - startedNs);
        origin.onAnswered(this);
    }

    /** Gives the answer away, once. */
    ByteBuf takeResponse() {
        ByteBuf taken = response;
        response = null;
        return taken;
    }
}
