package io.scrip.proof;

/**
 * The public part of one event and its commitments: what a leaf of the tree is the hash of.
 *
 * <pre>
 *   SHA-256( 0 · event sequence 8 · sequence 8 · timestamp 8 · id 16
 *            · type 1 · outcome 1 · kind 1 · leg 1 · legs 1 · scale 1 · fee payer 1
 *            · token 8 · amount 8 · fee 8 · from 8 · to 8 · from account 8 · to account 8 · expires at 8 · hold id 16
 *            · first commitment 32 · second commitment 32 · third commitment 32 )
 * </pre>
 *
 * <p>Numbers are big-endian. Type is 1 for a leg and 0 for any other decision. For a leg the commitments are to the from
 * account's totals, the to account's totals and the texts; for a decision to its numbers and its texts, and the third is
 * zeros. A decision's {@code to} is the wallet it names; its other fields of a movement are 0.
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record Leaf(
        long eventSequence,
        long sequence,
        long timestampNs,
        long idHigh,
        long idLow,
        boolean leg,
        int outcome,
        int kind,
        int legIndex,
        int legCount,
        int scale,
        int feePayer,
        long token,
        long amount,
        long fee,
        long from,
        long to,
        int fromAccount,
        int toAccount,
        long expiresAtNs,
        long holdIdHigh,
        long holdIdLow,
        byte[] first,
        byte[] second,
        byte[] third) {

    /** The leaf's place in the tree. */
    public byte[] hash() {
        return new Sha256()
                .u8(MerkleTree.LEAF)
                .i64(eventSequence)
                .i64(sequence)
                .i64(timestampNs)
                .i64(idHigh)
                .i64(idLow)
                .u8(leg ? 1 : 0)
                .u8(outcome)
                .u8(kind)
                .u8(legIndex)
                .u8(legCount)
                .u8(scale)
                .u8(feePayer)
                .i64(token)
                .i64(amount)
                .i64(fee)
                .i64(from)
                .i64(to)
                .i64(fromAccount)
                .i64(toAccount)
                .i64(expiresAtNs)
                .i64(holdIdHigh)
                .i64(holdIdLow)
                .bytes(first)
                .bytes(second)
                .bytes(third)
                .done();
    }
}
