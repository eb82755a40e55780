package io.scrip.tools.torture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last few large batches that were answered, whole: all of them would fill the memory. Thread safe. */
final class LargeBatches {
    private static final int KEPT = 4;

    private final Deque<LargeBatch> newestLast = new ArrayDeque<>();

    synchronized void answered(LargeBatch batch) {
        newestLast.addLast(batch);
        if (newestLast.size() > KEPT) {
            newestLast.removeFirst();
        }
    }

    synchronized List<LargeBatch> kept() {
        return List.copyOf(newestLast);
    }
}
