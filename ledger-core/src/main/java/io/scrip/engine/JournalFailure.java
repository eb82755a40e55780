package io.scrip.engine;

/** A journal or event log that cannot be trusted or written any more. Always fatal; the message is for an operator. */
public final class JournalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the operator has to do about it. */
    public enum Kind {
        /** Bytes that were acknowledged are not what was written: name the place, start nothing. */
        DAMAGED,
        /** Another process has the folder open. */
        LOCKED,
        /** The device refused a read, a write or a flush. */
        DEVICE,
        /** The folder is not one of ours, or was written by a newer version. */
        UNREADABLE
    }

    private final Kind kind;

    public JournalFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public JournalFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
