package io.scrip.ledger;

import io.scrip.protocol.LotCategory;

/** The terms that travel with a lot. Times in nanoseconds; {@link Lots#NEVER} is what it says. */
final class LotTerms {
    LotCategory category = LotCategory.PLAIN;
    int priority;
    long effectiveNs;
    long expiresNs;
    long convertibleFromNs;

    void set(LotCategory newCategory, int newPriority, long effective, long expires, long convertibleFrom) {
        category = newCategory;
        priority = newPriority;
        effectiveNs = effective;
        expiresNs = expires;
        convertibleFromNs = convertibleFrom;
    }

    void plain() {
        set(LotCategory.PLAIN, Lots.PLAIN_PRIORITY, 0, Lots.NEVER, 0);
    }

    void become(LotTerms other) {
        set(other.category, other.priority, other.effectiveNs, other.expiresNs, other.convertibleFromNs);
    }

    boolean isPlain() {
        return category == LotCategory.PLAIN;
    }

    boolean isLike(LotTerms other) {
        return category == other.category
                && priority == other.priority
                && effectiveNs == other.effectiveNs
                && expiresNs == other.expiresNs
                && convertibleFromNs == other.convertibleFromNs;
    }
}
