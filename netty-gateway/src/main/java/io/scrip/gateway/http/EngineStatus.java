package io.scrip.gateway.http;

/** How the engine is, for {@code /readyz} and {@code /metrics}. Any thread; must not block. */
public interface EngineStatus {
    /** Whether recovery is done and commands are taken. */
    boolean isReady();

    /** Free places in the ring. */
    long ringRemaining();

    /** Sequence of the last command whose effects may be seen. */
    long journalSequence();

    /** Event sequence up to which the event log may be read. */
    long eventSequence();
}
