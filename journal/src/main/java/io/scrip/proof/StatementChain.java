package io.scrip.proof;

import java.util.Locale;

/**
 * Decides, one record after the other, which statements of a file count. Each holds the hash of the one before and begins
 * with the event behind its last one; the first that does not ends the chain. Two exceptions, both about events that have
 * been pruned, for nobody can make their statements anew: a damaged record is stepped over, and a statement may begin with
 * the first event that was kept when it was made. One thread.
 */
final class StatementChain {
    private final long firstKept;
    private final long lastEvent;
    private Statement before;
    private long count;
    private long steppedOver;
    private long damaged;
    private String broken = "";

    /** @param firstKept the first event that has not been pruned; {@code lastEvent}: the last there is */
    StatementChain(long firstKept, long lastEvent) {
        this.firstKept = firstKept;
        this.lastEvent = lastEvent;
    }

    /** @param next null when the record is not sound */
    void take(Statement next, long number) {
        long expected = before == null ? 1 : before.lastEvent() + 1;
        if (next != null && next.lastEvent() > lastEvent) {
            broken = "the event log ends before it, at event " + lastEvent;
        } else if (next != null && next.count() > 0 && follows(next, expected)) {
            before = next;
            count = number;
            damaged += steppedOver;
            steppedOver = 0;
        } else if (expected < firstKept) {
            steppedOver++;
        } else {
            broken = next == null ? "its checksum is wrong" : "it does not follow the one before";
        }
    }

    private boolean follows(Statement next, long expected) {
        long gap = next.firstEvent() - expected;
        if (steppedOver > 0) {
            return gap >= steppedOver && gap <= steppedOver * Notary.MAX_EVENTS;
        }
        byte[] previous = before == null ? new byte[Sha256.BYTES] : before.hash();
        boolean follows = gap == 0 || (gap > 0 && next.firstEvent() <= firstKept);
        return follows && Commitment.isEqual(previous, next.previousHash());
    }

    /** Whether nothing further counts. */
    boolean isBroken() {
        return !broken.isEmpty();
    }

    /** Number of the last that counts. */
    long count() {
        return count;
    }

    /** What does not count and why; empty when all of so many records do, or only a torn one at the end does not. */
    String report(long records) {
        boolean tornTail = damaged == 0
                && count + 1 == records
                && (broken.isEmpty() ? steppedOver == 1 : broken.equals("its checksum is wrong"));
        if (tornTail || (damaged == 0 && count == records)) {
            return "";
        }
        String lost = damaged == 0
                ? ""
                : String.format(
                        Locale.ROOT, "%d damaged statements about pruned events, which cannot be made anew", damaged);
        String gone = count == records
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d statements from number %d on: %s",
                        records - count,
                        count + 1,
                        broken.isEmpty() ? "they are damaged" : broken);
        return lost.isEmpty() || gone.isEmpty() ? lost + gone : lost + "; " + gone;
    }
}
