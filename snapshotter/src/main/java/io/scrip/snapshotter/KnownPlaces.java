package io.scrip.snapshotter;

import io.scrip.journal.JournalPosition;
import io.scrip.ledger.SnapshotException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where snapshots say that journal and event log were on the device, the newest first: opening them need not read what
 * lies before. A snapshot whose header cannot be read says nothing here; recovery reports it.
 */
public record KnownPlaces(List<JournalPosition> journal, List<Long> events) {
    public KnownPlaces {
        journal = List.copyOf(journal);
        events = List.copyOf(events);
    }

    public static KnownPlaces of(List<SnapshotFile> newestFirst) {
        List<JournalPosition> journal = new ArrayList<>();
        List<Long> events = new ArrayList<>();
        for (SnapshotFile file : newestFirst) {
            try {
                SnapshotHeader header = SnapshotStore.header(file);
                if (header.anchor() != null && header.position() != null) {
                    journal.add(header.position());
                    events.add(header.eventSequence());
                }
            } catch (SnapshotException unreadable) {
                // The others may be good.
            }
        }
        events.removeIf(event -> event == 0);
        return new KnownPlaces(journal, events);
    }
}
