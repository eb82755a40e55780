package io.scrip.ledger;

import org.agrona.DirectBuffer;

/** Takes the records of a snapshot in their order. A record is an SBE message of at most 64 KiB. */
@FunctionalInterface
public interface SnapshotSink {
    /** The bytes are the sink's until it returns. */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
