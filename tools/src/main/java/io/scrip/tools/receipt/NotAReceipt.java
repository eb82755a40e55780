package io.scrip.tools.receipt;

/** A text that is no receipt of a kind this version knows. */
final class NotAReceipt extends Exception {
    private static final long serialVersionUID = 1L;

    NotAReceipt(String message) {
        super(message);
    }

    NotAReceipt(String message, Throwable cause) {
        super(message, cause);
    }
}
