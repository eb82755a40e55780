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
        UNREADABLE,
        /** What was asked for was taken away on purpose: see {@code scrip archive prune}. */
        PRUNED
    }

    private final Kind kind;
    private final String file;
    private final long offsetBytes;
    private final long sequence;

    public JournalFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    public JournalFailure(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, null, -1, -1);
    }

    private JournalFailure(Kind kind, String message, Throwable cause, String file, long offsetBytes, long sequence) {
        super(message, cause);
        this.kind = kind;
        this.file = file;
        this.offsetBytes = offsetBytes;
        this.sequence = sequence;
    }

    /** Damage at one place. {@code offsetBytes} and {@code sequence} are -1 where they mean nothing. */
    public static JournalFailure damagedAt(String file, long offsetBytes, long sequence, String message) {
        return new JournalFailure(Kind.DAMAGED, message, null, file, offsetBytes, sequence);
    }

    public Kind kind() {
        return kind;
    }

    /** The file that it is about, null when it is not about one. */
    public String file() {
        return file;
    }

    /** Where in the file, -1 when that is not known. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** The record that should stand there, -1 when that is not known. */
    public long sequence() {
        return sequence;
    }
}
