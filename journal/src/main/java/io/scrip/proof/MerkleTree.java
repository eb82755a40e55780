package io.scrip.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 (section 2.1) over a list of leaf hashes: of n leaves the first 2^k go left, where 2^k is
 * the greatest power of two below n.
 */
public final class MerkleTree {
    static final int LEAF = 0;
    static final int NODE = 1;

    private MerkleTree() {}

    /** Root of the leaves {@code [from, to)}; at least one. */
    public static byte[] root(List<byte[]> leaves, int from, int to) {
        int count = to - from;
        if (count < 1) {
            throw new IllegalArgumentException("a tree has at least one leaf");
        }
        if (count == 1) {
            return leaves.get(from);
        }
        int middle = from + split(count);
        return node(root(leaves, from, middle), root(leaves, middle, to));
    }

    /** What stands beside the leaf's way up to the root, from the bottom. */
    public static List<byte[]> path(List<byte[]> leaves, int index) {
        List<byte[]> path = new ArrayList<>();
        collect(leaves, index, 0, leaves.size(), path);
        return path;
    }

    /** The root that a leaf and its path lead to, in a tree of that many leaves; null when the path cannot be right. */
    public static byte[] rootOf(byte[] leafHash, int index, int count, List<byte[]> path) {
        if (index < 0 || index >= count) {
            return null;
        }
        List<Boolean> leftTurns = new ArrayList<>();
        int start = index;
        int size = count;
        while (size > 1) {
            int middle = split(size);
            boolean left = start < middle;
            leftTurns.add(left);
            start = left ? start : start - middle;
            size = left ? middle : size - middle;
        }
        if (leftTurns.size() != path.size()) {
            return null;
        }
        byte[] hash = leafHash;
        for (int i = 0; i < path.size(); i++) {
            boolean left = leftTurns.get(path.size() - 1 - i);
            hash = left ? node(hash, path.get(i)) : node(path.get(i), hash);
        }
        return hash;
    }

    private static void collect(List<byte[]> leaves, int index, int from, int to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        int middle = from + split(to - from);
        if (index < middle) {
            collect(leaves, index, from, middle, path);
            path.add(root(leaves, middle, to));
        } else {
            collect(leaves, index, middle, to, path);
            path.add(root(leaves, from, middle));
        }
    }

    private static int split(int count) {
        return Integer.highestOneBit(count - 1);
    }

    private static byte[] node(byte[] left, byte[] right) {
        return new Sha256().u8(NODE).bytes(left).bytes(right).done();
    }
}
