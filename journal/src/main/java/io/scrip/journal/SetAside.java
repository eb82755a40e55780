package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Moves what an event log holds into a folder beside it, {@code events.aside-1}, which can be read as an event log of its
 * own: its manifest and note are durable there before the first file moves, and the youngest files move first, so that
 * what a crash leaves behind is a beginning, and is moved the next time. Archived files stay in the archive, where both
 * are looked for. Stateless.
 */
final class SetAside {
    private SetAside() {}

    /** Returns the folder. The log's own manifest is still what it was. */
    static String move(LogFolder folder, Manifest manifest) {
        Path log = folder.path();
        try {
            Path aside = next(log);
            Files.createDirectory(aside);
            Device.REAL.forcePath(log.getParent());
            Device.REAL.replace(
                    aside.resolve(ArchiveNote.NAME), folder.archive().toText(aside));
            Device.REAL.replace(aside.resolve(Manifest.NAME), manifest.toText());
            List<Manifest.Generation> generations = manifest.generations();
            for (int i = generations.size() - 1; i >= 0; i--) {
                Path generation = folder.generationPath(generations.get(i));
                if (Files.isDirectory(generation)) {
                    Files.move(generation, aside.resolve(generation.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                    Device.REAL.forcePath(aside);
                    Device.REAL.forcePath(log);
                }
            }
            return aside.toString();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot move the events in " + log + " aside: " + refused, refused);
        }
    }

    private static Path next(Path log) {
        for (int number = 1; ; number++) {
            Path aside = folder(log, number);
            if (!Files.exists(aside)) {
                return aside;
            }
        }
    }

    private static Path folder(Path log, int number) {
        return log.resolveSibling(log.getFileName() + ".aside-" + number);
    }

    /** What was moved so far, oldest first. A folder without a manifest is one that a crash left before it held anything. */
    static List<Path> folders(Path log) {
        String prefix = log.getFileName() + ".aside-";
        try (Stream<Path> beside = Files.list(log.toAbsolutePath().getParent())) {
            return beside.filter(path -> path.getFileName().toString().matches("\\Q" + prefix + "\\E[1-9][0-9]{0,8}"))
                    .filter(path -> Files.exists(path.resolve(Manifest.NAME)))
                    .sorted(Comparator.comparingInt(path ->
                            Integer.parseInt(path.getFileName().toString().substring(prefix.length()))))
                    .toList();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot look beside " + log + ": " + refused, refused);
        }
    }
}
