package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotShelfTest {
    @TempDir
    private Path data;

    private Path folder;
    private SnapshotShelf shelf;

    @BeforeEach
    void emptyFolder() throws IOException {
        shelf = new SnapshotShelf(data);
        assertEquals(List.of(), shelf.inspect());
        folder = Files.createDirectory(data.resolve("snapshots"));
    }

    /** A header, records of these lengths, and the footer that {@code docs/snapshots.md} shows. */
    private static byte[] whole(int... lengths) {
        ByteBuffer bytes = ByteBuffer.allocate(192 + Arrays.stream(lengths).sum() + 8 * lengths.length + 16)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(192);
        for (int length : lengths) {
            bytes.putInt(length).putInt(7).position(bytes.position() + length);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        bytes.putInt(0).putInt((int) crc.getValue()).putLong(lengths.length);
        return bytes.array();
    }

    private Path put(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    @Test
    void aWholeFileIsWhole() {
        assertNull(SnapshotShelf.whyBroken(whole(10, 0, 300)));
    }

    @Test
    void aFileThatEndsAnywhereBeforeItsEndIsNotWhole() {
        byte[] whole = whole(10, 0, 300);
        for (int length = 0; length < whole.length; length++) {
            assertNotNull(SnapshotShelf.whyBroken(Arrays.copyOf(whole, length)), "cut to " + length);
            byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            boolean onlyZerosLost = Arrays.equals(zeroed, whole);
            assertTrue(onlyZerosLost || SnapshotShelf.whyBroken(zeroed) != null, "zeros from " + length);
        }
    }

    @Test
    void aTornFileUnderASnapshotsNameIsWrong() throws IOException {
        put("snapshot-1.scrip", whole(10));
        put("snapshot-2.scrip", new byte[0]);
        List<String> wrong = shelf.inspect();
        assertEquals(1, wrong.size(), wrong::toString);
        assertTrue(wrong.get(0).contains("not whole: snapshot-2.scrip"), wrong::toString);
    }

    @Test
    void aDraftAndWhatTheTestHasSpoiltAreNotLookedAt() throws IOException {
        put("snapshot-1.scrip.tmp", new byte[3]);
        shelf.spoilt(put("snapshot-2.scrip", new byte[3]));
        assertEquals(List.of(), shelf.inspect());
    }

    @Test
    void oneOfTwoThatIsGoneIsMissed() throws IOException {
        put("snapshot-1.scrip", whole(10));
        put("snapshot-2.scrip", whole(10));
        assertEquals(List.of(), shelf.inspect());
        Files.delete(folder.resolve("snapshot-1.scrip"));
        assertEquals(List.of("there were 2 whole snapshots, and now there are 1"), shelf.inspect());
    }

    @Test
    void theNewestComesFirst() throws IOException {
        Path older = put("snapshot-0001.scrip", whole(1));
        Path newer = put("snapshot-0002.scrip", whole(1));
        put("base-0003.scrip", whole(1));
        assertEquals(List.of(newer, older), shelf.newestFirst());
    }
}
