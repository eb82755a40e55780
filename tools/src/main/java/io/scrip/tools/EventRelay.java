package io.scrip.tools;

import io.scrip.engine.EventListener;

/** Lets the pipeline be made before its listener, which needs the pipeline. */
final class EventRelay implements EventListener {
    private volatile EventListener listener = eventSequence -> {};

    /** From now on events are told to {@code target}. */
    void to(EventListener target) {
        listener = target;
    }

    @Override
    public void onEventsVisible(long eventSequence) {
        listener.onEventsVisible(eventSequence);
    }
}
