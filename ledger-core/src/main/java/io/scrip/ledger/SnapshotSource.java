package io.scrip.ledger;

import org.agrona.DirectBuffer;

/** Gives the records of a snapshot back in the order in which a {@link SnapshotSink} got them. */
@FunctionalInterface
public interface SnapshotSource {
    /**
     * The next record, from byte 0 to the buffer's capacity, valid until the next call; null after the last.
     *
     * @throws SnapshotException when what is stored cannot be read as records
     */
    DirectBuffer next() throws SnapshotException;
}
