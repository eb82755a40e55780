package io.scrip.journal;

/** What an acknowledgement promises. */
public enum DurabilityMode {
    /** Acknowledged means on the device: {@code force()} flushes the file before it returns. */
    SYNC,
    /**
     * Acknowledged means handed to the operating system: it survives a killed process, and may not survive a power
     * cut. Files are flushed when they are full and at a clean shutdown, never on the way to an acknowledgement.
     */
    ASYNC
}
