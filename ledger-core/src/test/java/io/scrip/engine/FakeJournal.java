package io.scrip.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory that writes down every call, can be held at a gate and can be told to fail. */
final class FakeJournal implements Journal {
    record Kept(long sequence, long timestampNs, DirectBuffer command) {}

    /** A place where the pipeline's thread waits until the test lets it go on. */
    static final class Gate {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void awaitReached() {
            await(reached, "nobody came to the gate");
        }

        void open() {
            opened.countDown();
        }

        private void pass() {
            reached.countDown();
            await(opened, "nobody opened the gate");
        }

        private static void await(CountDownLatch latch, String otherwise) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(otherwise);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(otherwise, interrupted);
            }
        }
    }

    private final List<Kept> records = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final AtomicInteger forces = new AtomicInteger();
    private final AtomicInteger idles = new AtomicInteger();
    private volatile Gate forceGate;
    private volatile Gate idleGate;

    volatile boolean room = true;
    volatile long failAppendOf = -1;
    volatile long failForceOf = -1;
    volatile boolean failIdle;
    volatile long forcedSequence;
    volatile boolean closed;

    /** The next force waits here. */
    Gate holdNextForce() {
        Gate gate = new Gate();
        forceGate = gate;
        return gate;
    }

    /** The next idle call waits here. */
    Gate holdNextIdle() {
        Gate gate = new Gate();
        idleGate = gate;
        return gate;
    }

    List<Kept> records() {
        synchronized (calls) {
            return List.copyOf(records);
        }
    }

    List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    int forces() {
        return forces.get();
    }

    int idles() {
        return idles.get();
    }

    void note(String call) {
        synchronized (calls) {
            calls.add(call);
        }
    }

    @Override
    public long lastSequence() {
        return records.size();
    }

    @Override
    public long lastTimestampNs() {
        return records.isEmpty() ? 0 : records.get(records.size() - 1).timestampNs();
    }

    @Override
    public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        note("append " + sequence);
        if (sequence == failAppendOf) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "append refused by the test");
        }
        if (sequence != lastSequence() + 1 || timestampNs <= lastTimestampNs() || closed) {
            throw new IllegalStateException("record " + sequence + " at " + timestampNs + " does not follow");
        }
        byte[] bytes = new byte[length];
        command.getBytes(offset, bytes);
        synchronized (calls) {
            records.add(new Kept(sequence, timestampNs, new UnsafeBuffer(bytes)));
        }
    }

    @Override
    public void force() {
        note("force " + lastSequence());
        forces.incrementAndGet();
        Gate gate = forceGate;
        if (gate != null) {
            forceGate = null;
            gate.pass();
        }
        if (failForceOf >= 0 && lastSequence() >= failForceOf) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "force refused by the test");
        }
        forcedSequence = lastSequence();
    }

    @Override
    public void onIdle() {
        Gate gate = idleGate;
        if (gate != null) {
            idleGate = null;
            note("idle begins");
            gate.pass();
            note("idle ends");
        }
        if (failIdle) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "idle refused by the test");
        }
        idles.incrementAndGet();
    }

    @Override
    public boolean hasRoom(int lengthBytes) {
        return room;
    }

    @Override
    public long replay(long fromSequence, RecordHandler handler) {
        long handed = 0;
        for (Kept kept : records()) {
            if (kept.sequence() >= fromSequence) {
                handler.onRecord(
                        kept.sequence(),
                        kept.timestampNs(),
                        kept.command(),
                        0,
                        kept.command().capacity());
                handed++;
            }
        }
        return handed;
    }

    @Override
    public void close() {
        note("close");
        closed = true;
    }
}
