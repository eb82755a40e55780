package io.scrip.proof;

import java.util.List;

/**
 * Everything needed to prove one event: the opened leaf, its way to the root, and the signed statement about the root.
 *
 * @param path what stands beside the way up, from the bottom
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record Proof(OpenedLeaf opened, List<byte[]> path, Statement statement, byte[] publicKey) {

    /** Whether leaf, path, statement and signature belong together. */
    public boolean holds() {
        return holds(opened.leaf(), path, statement, publicKey);
    }

    /** The same for somebody who has only the leaf, not what it commits to. */
    public static boolean holds(Leaf leaf, List<byte[]> path, Statement statement, byte[] publicKey) {
        if (leaf.eventSequence() < statement.firstEvent() || leaf.eventSequence() > statement.lastEvent()) {
            return false;
        }
        int index = (int) (leaf.eventSequence() - statement.firstEvent());
        byte[] root = MerkleTree.rootOf(leaf.hash(), index, statement.count(), path);
        return root != null
                && Commitment.isEqual(root, statement.root())
                && SigningKey.isSignature(publicKey, statement.hash(), statement.signature());
    }
}
