package io.scrip.proof;

/**
 * What the server signs about an interval of events: these events have this root, and this was the statement before.
 *
 * @param number       from 1, dense
 * @param firstEvent   event sequence of the first leaf
 * @param lastEvent    of the last
 * @param root         of the interval's tree
 * @param previousHash hash of the statement before; zeros for the first
 * @param signature    Ed25519 over {@link #hash}
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record Statement(
        long number, long firstEvent, long lastEvent, byte[] root, byte[] previousHash, byte[] signature) {

    /** What is signed, and what the next statement refers to. */
    public byte[] hash() {
        return hash(number, firstEvent, lastEvent, root, previousHash);
    }

    static byte[] hash(long number, long firstEvent, long lastEvent, byte[] root, byte[] previousHash) {
        return new Sha256()
                .text("scrip statement 1")
                .i64(number)
                .i64(firstEvent)
                .i64(lastEvent)
                .bytes(root)
                .bytes(previousHash)
                .done();
    }

    /** Leaves in the interval; 0 when the numbers cannot be those of one. */
    public int count() {
        long count = lastEvent - firstEvent + 1;
        return firstEvent < 1 || lastEvent < firstEvent || count > Notary.MAX_EVENTS ? 0 : (int) count;
    }
}
