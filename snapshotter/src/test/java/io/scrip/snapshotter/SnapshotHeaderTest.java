package io.scrip.snapshotter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrip.journal.JournalPosition;
import org.junit.jupiter.api.Test;

final class SnapshotHeaderTest {
    private static final JournalPosition PLACE =
            new JournalPosition(1, "a.cq4", 64, 7, 70, "0".repeat(JournalPosition.HASH_DIGITS));

    @Test
    void whatIsWrittenCanBeRead() throws Exception {
        SnapshotHeader header = new SnapshotHeader(7, 70, 5, 3, PLACE, new SnapshotHeader.Anchor(9));
        assertEquals(header, SnapshotHeader.decode(header.encode()));
    }

    @Test
    void aStateWithoutItsPlaceInTheJournalIsNotWrittenForNobodyCouldReadIt() {
        assertThrows(IllegalArgumentException.class, () -> new SnapshotHeader(7, 70, 5, 3, null, null));
        assertThrows(IllegalArgumentException.class, () -> new SnapshotHeader(0, 0, 0, 0, PLACE, null));
    }
}
