package io.scrip.snapshotter;

import io.scrip.journal.JournalPosition;
import io.scrip.journal.KnownEvents;
import io.scrip.ledger.SnapshotException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where snapshots say that journal and event log were on the device, the newest first: opening them need not read what
 * lies before. A snapshot whose header cannot be read says nothing here; recovery reports it. Without any snapshot
 * recovery makes and compares every event, and opening need not read them either.
 */
public record KnownPlaces(List<JournalPosition> journal, KnownEvents events) {
    public KnownPlaces {
        journal = List.copyOf(journal);
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
        return new KnownPlaces(journal, new KnownEvents(events, newestFirst.isEmpty()));
    }
}
