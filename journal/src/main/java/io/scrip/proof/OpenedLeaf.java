package io.scrip.proof;

/**
 * A leaf with everything it commits to and the salts that open it. Whoever hands it on leaves out what the reader may
 * not see. Totals and salts are null for decisions that moved nothing.
 *
 * @param scale decimal places of the leaf's token
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record OpenedLeaf(
        Leaf leaf,
        int scale,
        AccountTotals from,
        byte[] fromSalt,
        AccountTotals to,
        byte[] toSalt,
        String reference,
        String metadata,
        byte[] textsSalt) {}
