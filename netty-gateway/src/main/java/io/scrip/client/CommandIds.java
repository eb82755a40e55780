package io.scrip.client;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Fresh UUIDv7: the time in milliseconds, a counter that starts anywhere, and chance. Any thread. RFC 9562. */
public final class CommandIds {
    private static final AtomicLong COUNTER = new AtomicLong(new SecureRandom().nextLong());
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 1L << 63;

    private CommandIds() {}

    /** An id that nobody else has. */
    public static UUID next() {
        long count = COUNTER.getAndIncrement();
        long high = (System.currentTimeMillis() << 16) | VERSION_7 | (count & 0xFFF);
        long low = ThreadLocalRandom.current().nextLong() ^ count << 20;
        return new UUID(high, (low >>> 2) | VARIANT);
    }
}
