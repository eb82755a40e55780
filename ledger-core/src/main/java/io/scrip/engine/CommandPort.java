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

    /** Why {@link #offer} would refuse state-changing commands now: {@code null} when it would not. */
    String refusalCause();
}
