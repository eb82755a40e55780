package io.scrip.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of a log: whose it is, who has it open, and its manifest. One thread. */
final class LogFolder implements AutoCloseable {
    static final String LOCK_NAME = "journal.lock";
    static final String BALLAST_NAME = "ballast";

    private static final Set<String> BEFORE_MANIFEST = Set.of(
            LOCK_NAME,
            BALLAST_NAME,
            ArchiveNote.LOCK_NAME,
            Manifest.NAME + ".tmp",
            UnforcedEvents.NAME,
            UnforcedEvents.NAME + ".tmp");
    private static final String GENERATION_PREFIX = "generation-";

    private final Path path;
    private final String kind;
    private final FileChannel lockChannel;
    private volatile ArchiveNote archive;

    private LogFolder(Path path, String kind, FileChannel lockChannel) {
        this.path = path;
        this.kind = kind;
        this.lockChannel = lockChannel;
    }

    /**
     * Takes the folder for this process. Makes it, and the lock file, when they are missing; touches nothing else.
     *
     * @throws JournalFailure UNREADABLE when it holds something else, LOCKED when somebody has it open
     */
    static LogFolder lock(Path folder, String kind, Device device) {
        Path path = folder.toAbsolutePath().normalize();
        requireOurs(path, kind);
        FileChannel channel = null;
        try {
            create(path, device);
            channel = Device.open(path.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new LogFolder(path, kind, channel);
            }
            channel.close();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot open folder " + path + ": " + refused, refused);
        }
        throw new JournalFailure(Kind.LOCKED, "another process has the folder " + path + " open");
    }

    /**
     * Opens the folder to be read, and changes nothing in it. As long as it is open nobody can begin to write.
     *
     * @throws JournalFailure UNREADABLE when it is no such folder, LOCKED when somebody writes, DAMAGED
     */
    static LogFolder read(Path folder, String kind) {
        LogFolder seen = look(folder, kind);
        Path lock = seen.path.resolve(LOCK_NAME);
        if (!Files.exists(lock)) {
            // A copy: nobody has ever written here.
            return seen;
        }
        FileChannel channel = null;
        try {
            channel = Device.open(lock, StandardOpenOption.READ);
            if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
                return new LogFolder(seen.path, kind, channel);
            }
        } catch (OverlappingFileLockException heldHere) {
            // As if another process had it.
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + lock + ": " + refused, refused);
        }
        close(channel, lock);
        throw new JournalFailure(Kind.LOCKED, "another process has the folder " + seen.path + " open");
    }

    /** The folder to read from, whoever has it open, and also before it is there. */
    static LogFolder unlocked(Path folder, String kind) {
        return new LogFolder(folder.toAbsolutePath().normalize(), kind, null);
    }

    /** As {@link #read}, and lets others write meanwhile. */
    static LogFolder look(Path folder, String kind) {
        Path path = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw new JournalFailure(Kind.UNREADABLE, "there is no folder " + path);
        }
        requireOurs(path, kind);
        return new LogFolder(path, kind, null);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldHere) {
            return null;
        }
    }

    private static void create(Path path, Device device) throws IOException {
        Path existing = path;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        Files.createDirectories(path);
        for (Path made = path; !made.equals(existing); made = made.getParent()) {
            device.forcePath(made.getParent());
        }
    }

    private static void requireOurs(Path path, String kind) {
        if (!Files.exists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new JournalFailure(Kind.UNREADABLE, path + " is not a folder");
        }
        if (Files.exists(path.resolve(Manifest.NAME))) {
            return;
        }
        for (String name : names(path)) {
            if (name.startsWith(GENERATION_PREFIX) || name.equals(ArchiveNote.NAME)) {
                String manifest = path.resolve(Manifest.NAME).toString();
                throw JournalFailure.damagedAt(manifest, -1, -1, "the file " + manifest + " is missing");
            }
            if (!BEFORE_MANIFEST.contains(name)) {
                throw new JournalFailure(Kind.UNREADABLE, path + " is no " + kind + " folder: it holds " + name);
            }
        }
    }

    Path path() {
        return path;
    }

    Path manifestPath() {
        return path.resolve(Manifest.NAME);
    }

    /**
     * The manifest on disk; an empty one for a new folder.
     *
     * @throws JournalFailure UNREADABLE for another format or a newer version, DAMAGED otherwise
     */
    Manifest manifest() {
        Path file = manifestPath();
        if (!Files.exists(file)) {
            return Manifest.empty(kind);
        }
        String text;
        try {
            text = Files.readString(file, ISO_8859_1);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot read " + file + ": " + refused, refused);
        }
        int lineEnd = text.indexOf('\n');
        String first = lineEnd < 0 ? text : text.substring(0, lineEnd);
        if (!first.equals(kind + " " + Manifest.VERSION) && !Manifest.isDamaged(text)) {
            throw new JournalFailure(
                    Kind.UNREADABLE,
                    file + " is not of a " + kind + " of version " + Manifest.VERSION + ": it begins with '"
                            + first.substring(0, Math.min(40, first.length())) + "'");
        }
        try {
            return Manifest.parse(kind, text);
        } catch (RuntimeException notWrittenByUs) {
            throw JournalFailure.damagedAt(
                    file.toString(), 0, -1, file + " is damaged: " + notWrittenByUs.getMessage());
        }
    }

    Path generationPath(Manifest.Generation generation) {
        return path.resolve(generation.folderName());
    }

    /** Where older files are; read once. */
    ArchiveNote archive() {
        ArchiveNote read = archive;
        if (read == null) {
            read = ArchiveNote.read(path);
            archive = read;
        }
        return read;
    }

    /** Looks anew at {@link #archive} when it is next asked for: somebody may have changed it. */
    void forgetArchive() {
        archive = null;
    }

    /** Refuses to read records of a file that has been taken away on purpose. */
    void requireKept(Mark endOfFile, long fromSequence) {
        if (archive().isPruned(endOfFile)) {
            throw new JournalFailure(
                    Kind.PRUNED,
                    "record " + fromSequence + " of " + path + " has been pruned; the first that is kept is "
                            + (archive().pruned().sequence() + 1));
        }
    }

    /** Where a data file is now: in its place, or else in the archive; in its place when it is nowhere. */
    Path dataFile(Manifest.Generation generation, String name) {
        Path found = find(generation, name);
        return found == null ? generationPath(generation).resolve(name) : found;
    }

    /** As {@link #dataFile}; null when it is nowhere, looked at twice because it may be moved at this moment. */
    Path find(Manifest.Generation generation, String name) {
        Path found = findOnce(generation, name);
        if (found == null) {
            forgetArchive();
            found = findOnce(generation, name);
        }
        return found;
    }

    private Path findOnce(Manifest.Generation generation, String name) {
        Path usual = generationPath(generation).resolve(name);
        if (Files.exists(usual)) {
            return usual;
        }
        for (Path place : archive().places()) {
            Path archived = place.resolve(generation.folderName()).resolve(name);
            if (Files.exists(archived)) {
                return archived;
            }
        }
        return null;
    }

    /** Opens a data file where it is, although it may be on its way to the archive. */
    <T> T open(Manifest.Generation generation, String name, Function<Path, T> opening) {
        Path file = dataFile(generation, name);
        try {
            return opening.apply(file);
        } catch (JournalFailure gone) {
            forgetArchive();
            Path moved = dataFile(generation, name);
            if (!(gone.getCause() instanceof NoSuchFileException) || moved.equals(file)) {
                throw gone;
            }
            return opening.apply(moved);
        }
    }

    /** Names of the data files of a generation, in order: of those that are listed, wherever they are, and of others. */
    List<String> dataFiles(Manifest.Generation generation) {
        Set<String> names = new TreeSet<>(dataFiles(generationPath(generation)));
        for (int i = 0; i < generation.files().size(); i++) {
            String name = generation.files().get(i).name();
            if (archive().isPruned(generation.endOf(i)) || find(generation, name) != null) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    static List<String> dataFiles(Path generationFolder) {
        if (!Files.isDirectory(generationFolder)) {
            return List.of();
        }
        return names(generationFolder).stream()
                .filter(name -> name.endsWith(".cq4"))
                .toList();
    }

    /** Generation folders that the manifest does not know. */
    List<Path> unlisted(Manifest manifest) {
        List<Path> unlisted = new ArrayList<>();
        Set<String> listed = manifest.generations().stream()
                .map(Manifest.Generation::folderName)
                .collect(Collectors.toSet());
        for (String name : names(path)) {
            if (name.startsWith(GENERATION_PREFIX) && !listed.contains(name)) {
                unlisted.add(path.resolve(name));
            }
        }
        return unlisted;
    }

    /** A number that no generation has or had a folder for. */
    int nextNumber(Manifest manifest) {
        int highest = manifest.last() == null ? 0 : manifest.last().number();
        List<String> names = new ArrayList<>(names(path));
        for (Path place : archive().places()) {
            names.addAll(Files.isDirectory(place) ? names(place) : List.of());
        }
        for (String name : names) {
            if (name.matches(GENERATION_PREFIX + "[0-9]{6,9}")) {
                highest = Math.max(highest, Integer.parseInt(name.substring(GENERATION_PREFIX.length())));
            }
        }
        return highest + 1;
    }

    /** Removes all generations and the manifest of a log that is derived from another. */
    static void deleteGenerations(Path path) {
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry) && entry.getFileName().toString().startsWith("generation-")) {
                    delete(entry);
                }
            }
            Files.deleteIfExists(path.resolve(Manifest.NAME));
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot remove damaged events in " + path + ": " + refused, refused);
        }
    }

    /** Removes a generation folder that holds nothing of the log. */
    static void delete(Path generationFolder) {
        try {
            if (!Files.isDirectory(generationFolder)) {
                return;
            }
            for (String name : names(generationFolder)) {
                Files.delete(generationFolder.resolve(name));
            }
            Files.delete(generationFolder);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot remove " + generationFolder + ": " + refused, refused);
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot list " + folder + ": " + refused, refused);
        }
    }

    @Override
    public void close() {
        close(lockChannel, path);
    }

    private static void close(FileChannel channel, Path path) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot release " + path + ": " + refused, refused);
        }
    }
}
