package io.scrip.journal;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files of an open event log again after some of them have been archived or pruned. */
final class Relocation {
    private Relocation() {}

    /** The same files in the same order, where they are now; the last one, which is being written, never moves. */
    static EventFile[] of(EventFile[] known, ArchiveNote note, Surroundings surroundings) {
        EventFile[] now = known.clone();
        for (int i = 0; i < now.length - 1; i++) {
            EventFile file = now[i];
            if (file.lastSequence() <= note.pruned().sequence()) {
                now[i] = file.pruned();
            } else if (!Files.exists(file.path())) {
                now[i] = inArchive(file, note, surroundings);
            }
        }
        return now;
    }

    private static EventFile inArchive(EventFile file, ArchiveNote note, Surroundings surroundings) {
        Path path = file.path();
        String generation = path.getParent().getFileName().toString();
        for (Path place : note.places()) {
            Path archived = place.resolve(generation).resolve(path.getFileName());
            if (Files.exists(archived)) {
                return file.movedTo(archived, surroundings.map(archived));
            }
        }
        // Nowhere: what is mapped can still be read, and the next start says that the file is missing.
        return file;
    }
}
