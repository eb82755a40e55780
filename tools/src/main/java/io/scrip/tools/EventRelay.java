package io.scrip.tools;

import io.scrip.engine.EventListener;

/** Lets the pipeline be made before its listeners, some of which need the pipeline. */
final class EventRelay implements EventListener {
    private volatile EventListener[] listeners = {};

    /** From now on events are told to these, one after the other. */
    void to(EventListener... targets) {
        listeners = targets.clone();
    }

    @Override
    public void onEventsVisible(long eventSequence) {
        for (EventListener listener : listeners) {
            listener.onEventsVisible(eventSequence);
        }
    }
}
