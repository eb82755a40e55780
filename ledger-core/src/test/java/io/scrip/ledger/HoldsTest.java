package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.protocol.HoldStatus;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private record Pending(long id, long expiresNs, long event) {}

    private static final Comparator<Pending> ORDER =
            Comparator.comparingLong(Pending::expiresNs).thenComparingLong(Pending::event);

    private final Undo undo = new Undo();
    private final Holds holds = new Holds(undo);
    private Map<Long, Pending> model = new TreeMap<>();
    private long events;

    @Test
    void theFirstToExpireIsTheFirstWhateverWasPlacedExtendedResolvedForgottenOrTakenBack() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            for (int round = 0; round < 200; round++) {
                boolean tried = random.nextInt(3) == 0;
                Map<Long, Pending> before = new TreeMap<>(model);
                int mark = tried ? undo.begin() : 0;
                for (int i = random.nextInt(12); i >= 0; i--) {
                    change(random);
                }
                if (tried && random.nextBoolean()) {
                    undo.rollback(mark);
                    model = before;
                } else if (tried) {
                    undo.commit();
                }
                if (random.nextInt(4) == 0) {
                    holds.reclaim(events - random.nextInt(10));
                }
                check("seed " + seed + ", round " + round);
            }
        }
    }

    private void change(Random random) {
        events++;
        Pending any = model.values().stream()
                .skip(model.isEmpty() ? 0 : random.nextInt(model.size()))
                .findFirst()
                .orElse(null);
        if (any == null || random.nextInt(5) < 2) {
            long expiresNs = 1_000L + random.nextInt(20);
            holds.place(1, events, 3, 4, 10, expiresNs, events);
            model.put(events, new Pending(events, expiresNs, events));
        } else if (random.nextInt(3) == 0) {
            long later = any.expiresNs() + random.nextInt(8);
            holds.extend(holds.find(1, any.id()), later);
            model.put(any.id(), new Pending(any.id(), later, any.event()));
        } else {
            HoldStatus status = random.nextBoolean() ? HoldStatus.POSTED : HoldStatus.VOIDED;
            holds.resolve(holds.find(1, any.id()), status, events);
            model.remove(any.id());
        }
    }

    private void check(String when) {
        long first = model.values().stream().min(ORDER).map(Pending::id).orElse(-1L);
        assertEquals(
                first,
                holds.deadlines().first() < 0
                        ? -1
                        : holds.idLow(holds.deadlines().first()),
                when);
        for (Pending pending : model.values()) {
            int row = holds.find(1, pending.id());
            assertEquals(HoldStatus.PENDING, holds.status(row), when);
            assertEquals(pending.expiresNs(), holds.expiresNs(row), when);
        }
    }
}
