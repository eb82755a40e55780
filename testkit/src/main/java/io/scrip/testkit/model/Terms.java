package io.scrip.testkit.model;

import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;

/** What travels with a lot. Times in nanoseconds since 1970 UTC; the largest long is never. */
public record Terms(LotCategory category, int priority, long effectiveNs, long expiresNs, long convertibleFromNs) {
    public static final long NEVER = Long.MAX_VALUE;
    static final int PLAIN_PRIORITY = 128;
    /** What value without terms counts as. */
    public static final Terms PLAIN = new Terms(LotCategory.PLAIN, PLAIN_PRIORITY, 0, NEVER, 0);

    public static Terms of(LotTermsDecoder decoder) {
        return new Terms(
                decoder.category(),
                decoder.priority(),
                decoder.effectiveAt(),
                decoder.expiresAt(),
                decoder.convertibleFrom());
    }

    public boolean isPlain() {
        return category == LotCategory.PLAIN;
    }

    /** Whether plain value burns before this: it counts as paid, effective since ever and never expiring. */
    boolean burnsAfterPlain() {
        return priority > PLAIN_PRIORITY
                || (priority == PLAIN_PRIORITY && expiresNs == NEVER && category == LotCategory.PAID);
    }

    Terms withoutExpiry() {
        return new Terms(category, priority, effectiveNs, NEVER, convertibleFromNs);
    }
}
