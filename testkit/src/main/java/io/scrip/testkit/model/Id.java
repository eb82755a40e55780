package io.scrip.testkit.model;

/** A command id: 128 bits made by the client. */
public record Id(long high, long low) {
    public static final Id NONE = new Id(0, 0);

    /** Spreads what differs between ids that were made one after the other. */
    @Override
    public int hashCode() {
        return Long.hashCode((high * 31 + low) * 0x9E3779B97F4A7C15L);
    }

    public boolean isUuid7() {
        return (high >>> 12 & 0xF) == 7 && (low >>> 62 & 3) == 2;
    }

    /** Milliseconds since 1970 in a UUIDv7. */
    public long timeMs() {
        return high >>> 16;
    }
}
