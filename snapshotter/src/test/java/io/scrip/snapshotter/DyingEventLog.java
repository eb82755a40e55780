package io.scrip.snapshotter;

import io.scrip.engine.EventLog;
import org.agrona.DirectBuffer;

/** An event log whose machine may die before what was made again is forced; the test looks at the disk then. */
final class DyingEventLog implements EventLog {
    private final EventLog log;
    private final Runnable beforeTheForce;

    DyingEventLog(EventLog log, Runnable beforeTheForce) {
        this.log = log;
        this.beforeTheForce = beforeTheForce;
    }

    @Override
    public long lastEventSequence() {
        return log.lastEventSequence();
    }

    @Override
    public long firstEventSequence() {
        return log.firstEventSequence();
    }

    @Override
    public void beginRemaking(long fromEventSequence) {
        log.beginRemaking(fromEventSequence);
    }

    @Override
    public void endRemaking() {
        beforeTheForce.run();
        log.endRemaking();
    }

    @Override
    public void append(long eventSequence, DirectBuffer event, int offset, int length) {
        log.append(eventSequence, event, offset, length);
    }

    @Override
    public Reader openReader() {
        return log.openReader();
    }

    @Override
    public void close() {
        log.close();
    }
}
