package io.scrip.gateway.history;

import io.scrip.engine.EventLog;

/** A question to the event log that may take several turns of a reader thread. One thread at a time uses it. */
@FunctionalInterface
public interface Inquiry<T> {
    /**
     * Goes on, for a bounded number of records.
     *
     * @return the answer; {@code null} when it takes another turn
     */
    T advance(EventLog.Reader reader);
}
