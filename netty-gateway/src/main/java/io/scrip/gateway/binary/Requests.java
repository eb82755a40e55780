package io.scrip.gateway.binary;

import java.util.Arrays;
import java.util.function.Consumer;

/** What is in flight on one loop, by slot; grows to the largest number so far. Belongs to its loop. */
final class Requests {
    static final int MAX_SLOTS = 1 << 20;

    private static final int INITIAL_SLOTS = 1_024;

    private Request[] slots = new Request[INITIAL_SLOTS];
    private int[] free = new int[INITIAL_SLOTS];
    private int made;
    private int freed;

    /** A request that is nobody's. */
    Request take() {
        if (freed > 0) {
            return slots[free[--freed]];
        }
        if (made == slots.length) {
            slots = Arrays.copyOf(slots, 2 * made);
            free = Arrays.copyOf(free, 2 * made);
        }
        Request request = new Request(made);
        slots[made++] = request;
        return request;
    }

    /** The request that was offered under this number, {@code null} when its slot has been used again. */
    Request find(long correlationId) {
        Request request = slots[(int) correlationId];
        return request.generation == (int) (correlationId >>> Integer.SIZE) && request.session != null ? request : null;
    }

    void giveBack(Request request) {
        request.release();
        free[freed++] = request.slot;
    }

    /** Shows every request in flight. */
    void forEach(Consumer<Request> consumer) {
        for (int i = 0; i < made; i++) {
            if (slots[i].session != null) {
                consumer.accept(slots[i]);
            }
        }
    }

    int count() {
        return made - freed;
    }
}
