package io.scrip.tools;

import org.agrona.DirectBuffer;

/** Commands of a test, one after the other. */
public interface CommandScript {
    /** Makes the next command, at the beginning of a buffer that is good until the next call. */
    DirectBuffer next();

    /** Length of the last command. */
    int lengthBytes();

    /** Time of the last command, which is after that of the one before. */
    long timestampNs();
}
