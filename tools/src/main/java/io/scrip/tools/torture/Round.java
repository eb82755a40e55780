package io.scrip.tools.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the workers of one round share: from the start of the load to its end. Thread safe. */
final class Round {
    private final Population population;
    private final Requests requests;
    private final AttemptLog log;
    private final LargeBatches largeBatches;
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger batches;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong posted = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile boolean goesOn = true;
    private volatile boolean killed;
    private volatile boolean powerOff;

    Round(Population population, Requests requests, AttemptLog log, LargeBatches largeBatches, AtomicInteger batches) {
        this.population = population;
        this.requests = requests;
        this.log = log;
        this.largeBatches = largeBatches;
        this.batches = batches;
    }

    Population population() {
        return population;
    }

    Requests requests() {
        return requests;
    }

    AttemptLog log() {
        return log;
    }

    LargeBatches largeBatches() {
        return largeBatches;
    }

    boolean goesOn() {
        return goesOn;
    }

    /** From now on a lost connection is what is wanted. */
    void expectKill() {
        killed = true;
    }

    /**
     * From now on no answer counts, because a machine without power gives none. Called before the power is cut: the
     * one flush that is under way while ext4 is shut down can return success for what never arrived, also to a program
     * that does nothing but write and flush ({@code docs/reliability.md}).
     */
    void powerOff() {
        powerOff = true;
    }

    boolean isPowerOff() {
        return powerOff;
    }

    void end() {
        goesOn = false;
    }

    void lostConnection(IOException cause) {
        if (!killed) {
            violation("a connection was lost before the kill: " + cause);
        }
    }

    void violation(String what) {
        violations.add(what);
    }

    int nextBatch() {
        return batches.incrementAndGet();
    }

    void answered() {
        answered.incrementAndGet();
    }

    void posted() {
        posted.incrementAndGet();
    }

    void repeated() {
        repeated.incrementAndGet();
    }

    long answeredCount() {
        return answered.get();
    }

    long postedCount() {
        return posted.get();
    }

    long repeatedCount() {
        return repeated.get();
    }

    List<String> violations() {
        synchronized (violations) {
            return List.copyOf(violations);
        }
    }
}
