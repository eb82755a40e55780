package io.scrip.engine;

import org.agrona.DirectBuffer;

/** The only way into the engine: offer a command or a query to the ring. Any thread. */
public interface CommandPort {

    /**
     * Copies an encoded SBE command or query (with its header) into the ring, without blocking.
     *
     * @return false when the ring is full, too many bytes of large messages are under way, the engine is read-only or is stopping: the command was not accepted and
     *     no reply will come. When true, exactly one reply reaches {@code sink}.
     */
    boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId);

    /**
     * Like {@link #offer}, but lets the engine sleep if it does: whoever has several messages puts them all in, then
     * calls {@link #wake} once, and they become one batch. Without that call they wait for a few milliseconds.
     */
    default boolean enqueue(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        return offer(message, offset, length, sink, correlationId);
    }

    /** Wakes the engine for what was put in by {@link #enqueue}. Any thread; costs next to nothing when it is awake. */
    default void wake() {}

    /** Why {@link #offer} would refuse state-changing commands now: {@code null} when it would not. */
    String refusalCause();
}
