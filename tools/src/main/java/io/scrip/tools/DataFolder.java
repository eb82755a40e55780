package io.scrip.tools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The folder that outlives the process: found, or created for its owner alone. */
public record DataFolder(Path path) {
    private static final String JOURNAL = "journal";
    private static final String EVENTS = "events";
    private static final String SNAPSHOTS = "snapshots";
    private static final String PROOF = "proof";
    private static final String ARCHIVE = "archive";
    private static final String LIVE = "live";

    /** Refuses what is no ledger's folder before anything is written into it. */
    static DataFolder open(Path path) {
        try {
            if (!Files.exists(path)) {
                create(path);
            } else if (!Files.isDirectory(path)) {
                throw new Refusal(ExitCode.USAGE, "--data " + path + " is no folder; choose another");
            } else if (!Files.isDirectory(path.resolve(JOURNAL)) && !isEmpty(path)) {
                throw new Refusal(
                        ExitCode.UNSUPPORTED_VERSION,
                        "--data " + path + " is not empty and holds no ledger; choose an empty or new folder");
            }
        } catch (IOException e) {
            throw new Refusal(ExitCode.DISK, "cannot use the data folder " + path + ": " + e, e);
        }
        return new DataFolder(path);
    }

    /** A ledger's folder that is there already, to be read. Changes nothing. */
    public static DataFolder existing(Path path) {
        if (!Files.isDirectory(path)) {
            throw new Refusal(ExitCode.USAGE, "--data " + path + ": there is no such folder");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new Refusal(
                    ExitCode.DISK,
                    "--data " + path + ": no permission to read it; be the user that the server runs as");
        }
        if (!Files.isDirectory(path.resolve(JOURNAL))) {
            throw new Refusal(
                    ExitCode.UNSUPPORTED_VERSION, "--data " + path + " holds no ledger: it has no folder " + JOURNAL);
        }
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    /** Every command. */
    public Path journal() {
        return path.resolve(JOURNAL);
    }

    /** Every outcome, derived from the journal. */
    public Path events() {
        return path.resolve(EVENTS);
    }

    /** The state as it was after some commands. */
    public Path snapshots() {
        return path.resolve(SNAPSHOTS);
    }

    /** The signing key and the signed statements about the events. */
    public Path proof() {
        return path.resolve(PROOF);
    }

    /** Older files of the journal and of the event log, unless another place was chosen for them. */
    public Path archive() {
        return path.resolve(ARCHIVE);
    }

    /** Where the running server's core is, for a snapshotter in another process. */
    public Path live() {
        return path.resolve(LIVE);
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void create(Path path) throws IOException {
        Path existing = path.getParent();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        FileAttribute<?>[] ownerOnly =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createDirectories(path, ownerOnly);
        // A power cut must not take the folder's own name with all that is in it.
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
            if (parent.equals(existing)) {
                break;
            }
        }
    }
}
