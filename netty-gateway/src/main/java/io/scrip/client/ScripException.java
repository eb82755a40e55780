package io.scrip.client;

/**
 * Why a request has no outcome. What the ledger refuses is no exception but a {@link Result} with the refusal's outcome.
 */
public final class ScripException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What happened, as far as a program has to know. */
    public enum Reason {
        /** No connection could be made, or the key or the protocol's version was refused. Nothing was done. */
        NOT_CONNECTED,
        /** As many requests wait as may. Nothing was sent. */
        FULL,
        /** The server does not take such a request. Nothing was done. */
        REFUSED,
        /** The deadline passed before the request was sent, or it cannot be put into a message. Nothing was done. */
        NOT_SENT,
        /**
         * The deadline passed, the client was closed, or an answer came that is none, after the request was sent: it may
         * have been decided or may yet be. Send it again with the same id to find out; it is never done twice.
         */
        OUTCOME_UNKNOWN,
        /** The client is closed. Nothing was sent. */
        CLOSED
    }

    ScripException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ScripException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
