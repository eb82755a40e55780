package io.scrip.ledger;

/** A snapshot is damaged, cut short, of another make or for another configuration; nothing was taken from it. */
public final class SnapshotException extends Exception {
    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }

    public SnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
