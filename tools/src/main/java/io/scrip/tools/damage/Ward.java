package io.scrip.tools.damage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Does injuries on as many threads as asked for, each with a patient of its own, and sees that none takes for ever. */
final class Ward {
    private static final int DEADLINE_MS = 30_000;
    private static final long LOOK_MS = 200;

    private final Specimen specimen;
    private final Path scratch;
    private final int threads;
    private final int deadlineMs;
    private final Tally tally;

    /** One injury: hurt the patient, look, judge, and leave it as it was. */
    interface Injury {
        void inflict(Patient patient) throws IOException;
    }

    Ward(Specimen specimen, Path scratch, int threads, Tally tally) {
        this(specimen, scratch, threads, DEADLINE_MS, tally);
    }

    /** @param deadlineMs an injury that takes longer hangs */
    Ward(Specimen specimen, Path scratch, int threads, int deadlineMs, Tally tally) {
        this.deadlineMs = deadlineMs;
        this.specimen = specimen;
        this.scratch = scratch;
        this.threads = threads;
        this.tally = tally;
    }

    /** Returns when all are done, or when one has hung, which is told to the tally. */
    void doAll(List<Injury> injuries) throws IOException {
        AtomicInteger next = new AtomicInteger();
        AtomicLongArray beganNs = new AtomicLongArray(threads);
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "damage");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < threads; worker++) {
                int own = worker;
                beganNs.set(own, System.nanoTime());
                running.add(workers.submit(() -> {
                    work(own, injuries, next, beganNs);
                    return null;
                }));
            }
            for (int worker = 0; worker < threads; worker++) {
                await(running.get(worker), beganNs, worker);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private void work(int own, List<Injury> injuries, AtomicInteger next, AtomicLongArray beganNs) throws IOException {
        Patient patient = new Patient(specimen, scratch.resolve("patient-" + own));
        for (int at = next.getAndIncrement(); at < injuries.size(); at = next.getAndIncrement()) {
            beganNs.set(own, System.nanoTime());
            try {
                injuries.get(at).inflict(patient);
            } catch (RuntimeException neitherReadNorRefused) {
                tally.violation("not refused in words: " + neitherReadNorRefused);
                patient.healAll("");
            }
        }
    }

    private void await(Future<?> worker, AtomicLongArray beganNs, int index) throws IOException {
        while (true) {
            try {
                worker.get(LOOK_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                if (System.nanoTime() - beganNs.get(index) > TimeUnit.MILLISECONDS.toNanos(deadlineMs)) {
                    tally.violation("an injury hangs for more than " + deadlineMs + " ms");
                    return;
                }
            } catch (ExecutionException e) {
                throw new IOException("an injury could not be judged: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
