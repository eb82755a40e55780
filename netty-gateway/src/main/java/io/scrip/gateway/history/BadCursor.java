package io.scrip.gateway.history;

/** A cursor that was not given out for this wallet: the client's mistake, answered 400. */
public final class BadCursor extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadCursor(String message) {
        super(message);
    }

    BadCursor(String message, Throwable cause) {
        super(message, cause);
    }
}
