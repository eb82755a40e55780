package io.scrip.tools.killtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the workers of one round share: from the start of the load to the kill. Thread safe. */
final class Round {
    private final Population population;
    private final Requests requests;
    private final AttemptLog log;
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger batches;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile boolean goesOn = true;
    private volatile boolean killed;

    Round(Population population, Requests requests, AttemptLog log, AtomicInteger batches) {
        this.population = population;
        this.requests = requests;
        this.log = log;
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

    boolean goesOn() {
        return goesOn;
    }

    /** Called right before the kill: from now on a lost connection is what is wanted. */
    void expectKill() {
        killed = true;
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

    void repeated() {
        repeated.incrementAndGet();
    }

    long answeredCount() {
        return answered.get();
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
