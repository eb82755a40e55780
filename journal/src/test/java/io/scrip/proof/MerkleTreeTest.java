package io.scrip.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static List<byte[]> leaves(int count) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(new Sha256().u8(MerkleTree.LEAF).i64(i).done());
        }
        return leaves;
    }

    @Test
    void everyLeafOfEverySizeLeadsToTheRootAndNoOtherPlaceDoes() {
        for (int count = 1; count <= 70; count++) {
            List<byte[]> leaves = leaves(count);
            byte[] root = MerkleTree.root(leaves, 0, count);
            for (int index = 0; index < count; index++) {
                List<byte[]> path = MerkleTree.path(leaves, index);
                assertArrayEquals(root, MerkleTree.rootOf(leaves.get(index), index, count, path));
                int other = (index + 1) % count;
                if (count > 1) {
                    byte[] elsewhere = MerkleTree.rootOf(leaves.get(index), other, count, path);
                    assertFalse(Arrays.equals(root, elsewhere), count + " leaves, " + index + " shown as " + other);
                }
            }
        }
    }

    @Test
    void aPathOfTheWrongLengthLeadsNowhere() {
        List<byte[]> leaves = leaves(5);
        List<byte[]> path = new ArrayList<>(MerkleTree.path(leaves, 2));
        path.remove(0);
        assertNull(MerkleTree.rootOf(leaves.get(2), 2, 5, path));
        assertNull(MerkleTree.rootOf(leaves.get(2), 7, 5, MerkleTree.path(leaves, 2)));
    }

    @Test
    void leavesAreNoNodes() {
        List<byte[]> two = leaves(2);
        byte[] root = MerkleTree.root(two, 0, 2);
        assertFalse(Arrays.equals(
                root,
                new Sha256()
                        .u8(MerkleTree.LEAF)
                        .bytes(two.get(0))
                        .bytes(two.get(1))
                        .done()));
    }

    @Test
    void theTreeIsThatOfRfc6962() {
        // The empty leaf of RFC 6962: SHA-256 of one zero byte.
        byte[] empty = new Sha256().u8(MerkleTree.LEAF).done();
        assertEquals(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                HexFormat.of().formatHex(empty));
    }
}
