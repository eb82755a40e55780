package io.scrip.ledger;

/**
 * Keeps what is due: holds expire, lots become good, lots expire. In order of (deadline, creation event), whatever
 * kind they are, inside the command whose timestamp reaches them; so a replay keeps them at the same place.
 */
final class Deadlines {
    private final LedgerState state;
    private final Posting posting;
    private final HoldOperations holds;
    private final Decision decision;

    Deadlines(LedgerState state, Posting posting, HoldOperations holds) {
        this.state = state;
        this.posting = posting;
        this.holds = holds;
        decision = new Decision(state);
    }

    /** The earliest deadline in a heap, {@code Long.MAX_VALUE} without any. */
    static long first(DeadlineHeap heap) {
        int row = heap.first();
        return row < 0 ? Long.MAX_VALUE : heap.deadlineNs(row);
    }

    void keep(long sequence, long timestampNs) {
        while (true) {
            long holdNs = first(state.holds.deadlines());
            long lotNs = first(state.lots.deadlines());
            if (Math.min(holdNs, lotNs) > timestampNs) {
                return;
            }
            if (Math.min(holdNs, lotNs) == Long.MAX_VALUE) {
                // Never does not come, also not at the last nanosecond there is.
                return;
            }
            decision.begin(sequence, timestampNs);
            if (isHoldNext(holdNs, lotNs)) {
                holds.expire(decision, state.holds.deadlines().first());
            } else {
                keepLot(state.lots.deadlines().first());
            }
        }
    }

    private boolean isHoldNext(long holdNs, long lotNs) {
        if (holdNs != lotNs) {
            return holdNs < lotNs;
        }
        DeadlineHeap ofHolds = state.holds.deadlines();
        DeadlineHeap ofLots = state.lots.deadlines();
        return ofHolds.order(ofHolds.first()) <= ofLots.order(ofLots.first());
    }

    private void keepLot(int lot) {
        if (state.lots.kind(lot) == Lots.NOT_YET) {
            posting.activateLot(decision, lot);
        } else {
            posting.expireLot(decision, lot);
        }
    }
}
