package io.scrip.testkit.sim;

import io.scrip.engine.Journal;
import org.agrona.DirectBuffer;

/** The journal as the engine sees it, with somebody looking on. */
final class ObservedJournal implements Journal {
    /** Told what passes, before the engine is told that it has. */
    interface Observer {
        /** The engine asks for room for one command, and this is what it will hear. */
        void onRoom(boolean room, int lengthBytes);

        void onAppended(long sequence, long timestampNs, DirectBuffer command, int offset, int length);

        void onForced(long sequence);

        void onReplayed(long sequence, long timestampNs, DirectBuffer command, int offset, int length);
    }

    private final Journal journal;
    private final Observer observer;

    ObservedJournal(Journal journal, Observer observer) {
        this.journal = journal;
        this.observer = observer;
    }

    @Override
    public long lastSequence() {
        return journal.lastSequence();
    }

    @Override
    public long lastTimestampNs() {
        return journal.lastTimestampNs();
    }

    @Override
    public void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        // Told before it is done: a crash within leaves a record that may be found.
        observer.onAppended(sequence, timestampNs, command, offset, length);
        journal.append(sequence, timestampNs, command, offset, length);
    }

    @Override
    public void force() {
        long last = journal.lastSequence();
        journal.force();
        observer.onForced(last);
    }

    @Override
    public void onIdle() {
        journal.onIdle();
    }

    @Override
    public boolean hasRoom(int lengthBytes) {
        boolean room = journal.hasRoom(lengthBytes);
        observer.onRoom(room, lengthBytes);
        return room;
    }

    @Override
    public long replay(long fromSequence, RecordHandler handler) {
        return journal.replay(fromSequence, (sequence, timestampNs, command, offset, length) -> {
            observer.onReplayed(sequence, timestampNs, command, offset, length);
            handler.onRecord(sequence, timestampNs, command, offset, length);
        });
    }

    @Override
    public void close() {
        journal.close();
    }
}
