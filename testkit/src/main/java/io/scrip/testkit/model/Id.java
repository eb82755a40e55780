package io.scrip.testkit.model;

/** A command id: 128 bits made by the client. */
public record Id(long high, long low) {
    public static final Id NONE = new Id(0, 0);

    public boolean isUuid7() {
        return (high >>> 12 & 0xF) == 7 && (low >>> 62 & 3) == 2;
    }

    /** Milliseconds since 1970 in a UUIDv7. */
    public long timeMs() {
        return high >>> 16;
    }
}
