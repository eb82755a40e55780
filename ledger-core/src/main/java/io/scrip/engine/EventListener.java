package io.scrip.engine;

/** Told, on the pipeline's thread and at most once a batch, that readers may now read up to an event sequence. */
@FunctionalInterface
public interface EventListener {
    /** Must not block and must not throw. Everything up to {@code eventSequence} is durable in the configured mode. */
    void onEventsVisible(long eventSequence);
}
