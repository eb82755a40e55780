package io.scrip.journal;

import io.scrip.engine.Journal;
import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a journal's generations, up to one record, into another folder. Of each file it takes what the journal has in
 * it and nothing behind that; of Chronicle's own files none, for nobody reads them again. One thread.
 */
final class JournalCopy {
    private final LogFolder folder;
    private final Manifest manifest;
    private final Mark end;

    JournalCopy(LogFolder folder, Manifest manifest, Mark end) {
        this.folder = folder;
        this.manifest = manifest;
        this.end = end;
    }

    /** @param progress sees every record as it is checked, before it is copied */
    void write(Path target, Journal.RecordHandler progress) {
        try {
            Files.createDirectories(target);
            List<Manifest.Generation> copied = new ArrayList<>();
            JournalScan.replay(
                    folder,
                    manifest,
                    end,
                    folder.archive().pruned().sequence() + 1,
                    Long.MAX_VALUE,
                    null,
                    progress,
                    (generation, data, records) -> {
                        if (copied.isEmpty() || copied.get(copied.size() - 1).number() != generation.number()) {
                            copied.add(Manifest.Generation.begun(
                                    generation.number(), generation.epoch(), generation.after()));
                        }
                        if (records.lastSequence() > data.after().sequence()) {
                            Path copy = target.resolve(generation.folderName()).resolve(data.name());
                            folder.open(generation, data.name(), file -> copied(file, records.position(), copy));
                            copied.set(
                                    copied.size() - 1,
                                    copied.get(copied.size() - 1).withFile(data));
                        }
                    });
            Manifest complete = new Manifest(manifest.kind(), ended(copied));
            for (Manifest.Generation generation : complete.generations()) {
                Device.REAL.forcePath(target.resolve(generation.folderName()));
            }
            if (!folder.archive().pruned().equals(Mark.START)) {
                Path own = ArchiveNote.usualPlace(target);
                ArchiveNote note =
                        new ArchiveNote(List.of(own), folder.archive().pruned());
                Device.REAL.replace(target.resolve(ArchiveNote.NAME), note.toText(target));
            }
            Device.REAL.replace(target.resolve(Manifest.NAME), complete.toText());
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot write to " + target + ": " + refused, refused);
        }
    }

    /** Each generation ends where the next begins; one without a record is none. */
    private List<Manifest.Generation> ended(List<Manifest.Generation> copied) {
        List<Manifest.Generation> result = new ArrayList<>();
        for (int i = 0; i < copied.size(); i++) {
            Manifest.Generation generation = copied.get(i);
            Mark mark = i + 1 < copied.size() ? copied.get(i + 1).after() : end;
            if (!generation.files().isEmpty()) {
                result.add(generation.endedAt(mark, generation.files()));
            }
        }
        return result;
    }

    private static Path copied(Path file, long lengthBytes, Path target) {
        try {
            Files.createDirectories(target.getParent());
            try (FileChannel from = Device.open(file, StandardOpenOption.READ);
                    FileChannel to = Device.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                long at = 0;
                while (at < lengthBytes) {
                    at += from.transferTo(at, lengthBytes - at, to);
                }
                Device.REAL.force(to, true, target);
            }
            return target;
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot copy " + file + " to " + target + ": " + refused, refused);
        }
    }
}
