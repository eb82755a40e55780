package io.scrip.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the files of an event log as far as everything is good, and reads them from the newest place on that is
 * known to have been on the device, or only behind what the manifest lists when every event will be compared anyway; of
 * files that lie before it, it only looks whether they are there. Changes nothing.
 */
final class EventScan {
    private final LogFolder folder;
    private final Manifest manifest;
    private final Surroundings surroundings;
    private final List<EventFile> good = new ArrayList<>();
    private EventPlace begin;
    private long readFrom = 1;
    private String notBegunAt = "";
    private long last;
    private String droppedAt = "";

    EventScan(LogFolder folder, Manifest manifest, Surroundings surroundings, KnownEvents known) {
        this.folder = folder;
        this.manifest = manifest;
        this.surroundings = surroundings;
        last = folder.archive().pruned().sequence();
        if (known.allCompared()) {
            readFrom = manifest.listedEnd() + 1;
        } else {
            findBegin(known.forced());
        }
        for (Manifest.Generation generation : manifest.generations()) {
            scan(generation);
        }
        if (isShort() && droppedAt.isEmpty()) {
            String place =
                    good.isEmpty() ? "" : " in " + good.get(good.size() - 1).path();
            droppedAt = "events from " + (last + 1) + " on are not good" + place;
        }
    }

    List<EventFile> good() {
        return good;
    }

    long lastSequence() {
        return last;
    }

    /** Whether the manifest knows of more than is good, if only of a file that never came to the device. */
    boolean isShort() {
        return last < manifest.listedEnd() || !droppedAt.isEmpty();
    }

    /** What is not good; empty when everything is. */
    String droppedAt() {
        return droppedAt;
    }

    long recordsRead() {
        return Math.max(0, last - Math.max(readFrom, folder.archive().pruned().sequence() + 1) + 1);
    }

    /** Why reading did not begin at the newest known event; empty when it did, or none was known. */
    String notBegunAt() {
        return notBegunAt;
    }

    private void findBegin(List<Long> known) {
        for (long sequence : known) {
            begin = EventPlace.find(folder, manifest, surroundings, sequence);
            if (begin != null) {
                readFrom = sequence;
                return;
            }
            notBegunAt = "there is no good record of event " + sequence;
        }
    }

    private void scan(Manifest.Generation generation) {
        for (int i = 0; i < generation.files().size(); i++) {
            if (folder.archive().isPruned(generation.endOf(i))) {
                continue;
            }
            Manifest.DataFile data = generation.files().get(i);
            if (data.after().sequence() != last || folder.find(generation, data.name()) == null) {
                droppedAt = folder.dataFile(generation, data.name()) + " is missing or does not follow event " + last;
                return;
            }
            long first = last + 1;
            EventFile file = folder.open(
                    generation,
                    data.name(),
                    path -> new EventFile(path, surroundings.map(path), generation.epoch(), first));
            long until = EventPlace.endOf(generation, i);
            if (until < readFrom) {
                file.trust(until);
            } else if (begin != null && isSame(file.path(), begin.file())) {
                file.scanFrom(readFrom, begin.position(), until);
            } else {
                file.scan(until);
            }
            good.add(file);
            last = file.lastSequence();
        }
    }

    /** Whether it is the same file of a log, wherever the two were found. */
    private static boolean isSame(Path file, Path other) {
        return file.getFileName().equals(other.getFileName())
                && file.getParent().getFileName().equals(other.getParent().getFileName());
    }
}
