package io.scrip.proof;

import java.util.List;

/**
 * Everything needed to prove one event: the opened leaf, its way to the root, and the signed statement about the root.
 *
 * @param path      what stands beside the way up, from the bottom
 * @param publicKey 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record Proof(OpenedLeaf opened, List<byte[]> path, Statement statement, byte[] publicKey) {
    public Proof {
        path = List.copyOf(path);
    }

    /** The same with only a part of what the leaf commits to. */
    public Proof with(OpenedLeaf shown) {
        return new Proof(shown, path, statement, publicKey);
    }

    /** Whether leaf and path lead to the statement's root. */
    boolean leadsToRoot() {
        long eventSequence = opened.leaf().eventSequence();
        if (statement.count() == 0 || eventSequence < statement.firstEvent() || eventSequence > statement.lastEvent()) {
            return false;
        }
        int index = (int) (eventSequence - statement.firstEvent());
        byte[] root = MerkleTree.rootOf(opened.leaf().hash(), index, statement.count(), path);
        return root != null && Commitment.isEqual(root, statement.root());
    }
}
