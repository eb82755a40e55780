package io.scrip.gateway.history;

/** What a leg of the event log came from; {@link #code()} is its name in the API. */
public enum TransferKind {
    ISSUE("issue"),
    TRANSFER("transfer");

    private final String code;

    TransferKind(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The kind with that name in the API, or {@code null}. */
    public static TransferKind ofCode(String code) {
        for (TransferKind kind : values()) {
            if (kind.code.equals(code)) {
                return kind;
            }
        }
        return null;
    }

    static TransferKind of(StoredCommand command) {
        if (command instanceof StoredCommand.Transfer) {
            return TRANSFER;
        }
        if (command instanceof StoredCommand.Issue) {
            return ISSUE;
        }
        throw new IllegalStateException("a leg came from a command that moves nothing: " + command);
    }
}
