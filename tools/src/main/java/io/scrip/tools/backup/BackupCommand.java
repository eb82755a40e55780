package io.scrip.tools.backup;

import io.scrip.engine.Journal;
import io.scrip.gateway.json.Timestamps;
import io.scrip.journal.JournalReader;
import io.scrip.journal.LogArchive;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import io.scrip.tools.ReplayProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Copies a ledger, whether its server runs or not. */
@Command(
        name = "backup",
        description = {
            "Copy a ledger into an empty folder, while its server runs or not. The copy has everything that was"
                    + " acknowledged before the backup began; every record is checked on its way and once more in the"
                    + " copy.",
            "A backup holds the signing key: keep it as safe as the data folder. `scrip verify --data TARGET` checks it"
                    + " in depth, `scrip restore` puts it back.",
            ""
        },
        sortOptions = false)
public final class BackupCommand implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 1_024;
    /** A snapshot comes seldom; that one goes each time we look is no ordinary server. */
    private static final int LOOKS = 10;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--to", paramLabel = "TARGET", required = true, description = "A new or empty folder.")
    private Path to;

    @Option(names = "--json", description = "Print one JSON object instead of a line.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder source = DataFolder.existing(data);
        Path target = to.toAbsolutePath().normalize();
        if (target.startsWith(source.path())) {
            throw new Refusal(ExitCode.USAGE, "--to " + to + " is inside the data folder; choose a place outside it");
        }
        CopiedFiles.requireEmpty(target, "--to");
        BackupManifest made;
        try {
            made = copy(source, new DataFolder(target));
        } catch (IOException refused) {
            throw new Refusal(
                    ExitCode.DISK, "the backup is not complete, remove " + target + " and repeat: " + refused, refused);
        }
        print(made, target, out);
        return ExitCode.OK.number();
    }

    private BackupManifest copy(DataFolder source, DataFolder target) throws IOException {
        // What is derived comes first: the journal, read later, has everything that it is about.
        copyFolder(source.proof(), target.proof());
        LongConsumer counter = counting("copying snapshots", snapshots(source));
        copySnapshots(
                source.snapshots(),
                target.snapshots(),
                (from, copy, length) -> CopiedFiles.copy(from, copy, length, counter));
        if (LogArchive.ofJournal(source.journal()).prunedSequence() > 0 && Files.isDirectory(source.events())) {
            // The events between what was pruned and the oldest snapshot can be made by nobody any more.
            LogArchive.ofEvents(source.events()).copyTo(target.events());
        }
        BackupManifest made;
        try (JournalReader journal = JournalReader.openBesideWriter(source.journal())) {
            if (journal.lastSequence() == 0) {
                throw new Refusal(ExitCode.USAGE, source.path() + " holds no record yet: there is nothing to back up");
            }
            journal.force();
            journal.copyTo(target.journal(), reporting("copying", journal.lastSequence()));
            requireSame(journal, target);
            made = new BackupManifest(
                    Timestamps.toText(System.currentTimeMillis() * 1_000_000),
                    journal.lastSequence(),
                    journal.lastTimestampNs(),
                    journal.lastHashHex(),
                    entries(target.path()));
        }
        CopiedFiles.write(target.path().resolve(BackupManifest.NAME), made.toText());
        CopiedFiles.forceFolder(target.path().getParent());
        return made;
    }

    /** Copies the first bytes of a file and forces them. */
    @FunctionalInterface
    interface Copying {
        void copy(Path from, Path to, long lengthBytes) throws IOException;
    }

    /** A snapshot may go while it is copied, because a newer one has come: then that one is copied. */
    static void copySnapshots(Path from, Path to, Copying copying) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        boolean gone = true;
        for (int look = 0; gone && look < LOOKS; look++) {
            gone = false;
            for (Path file : CopiedFiles.namesIn(from)) {
                Path copy = to.resolve(file.getFileName());
                if (!file.toString().endsWith(".scrip") || Files.exists(copy)) {
                    continue;
                }
                try {
                    copying.copy(file, copy, Files.size(file));
                } catch (NoSuchFileException pruned) {
                    gone = true;
                    Files.deleteIfExists(copy);
                }
            }
        }
        if (Files.isDirectory(to)) {
            CopiedFiles.forceFolder(to);
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        for (Path file : CopiedFiles.namesIn(from)) {
            if (!file.toString().endsWith(".tmp")) {
                CopiedFiles.copy(file, to.resolve(file.getFileName()), Files.size(file));
            }
        }
        if (Files.isDirectory(to)) {
            CopiedFiles.forceFolder(to);
        }
    }

    private void requireSame(JournalReader journal, DataFolder target) {
        try (JournalReader copy = JournalReader.open(target.journal())) {
            copy.readAll(reporting("checking the copy", copy.lastSequence()));
            if (!copy.lastHashHex().equals(journal.lastHashHex())) {
                throw new Refusal(ExitCode.INTERNAL, "the copy in " + target.path() + " ends with another record");
            }
        }
    }

    private Journal.RecordHandler reporting(String doing, long last) {
        ReplayProgress progress = new ReplayProgress(doing, spec.commandLine().getErr(), System::nanoTime);
        return (sequence, timestampNs, command, offset, length) -> {
            if (sequence % PROGRESS_EVERY == 0) {
                progress.onProgress(sequence, last);
            }
        };
    }

    /** Tells of bytes of several files together. */
    private LongConsumer counting(String doing, List<Path> files) {
        ReplayProgress progress =
                new ReplayProgress(doing, "bytes", spec.commandLine().getErr(), System::nanoTime);
        // One may go at this moment, and the sum is only for people.
        long ofBytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
        long[] done = {0};
        return bytes -> {
            done[0] += bytes;
            progress.onProgress(done[0], ofBytes);
        };
    }

    private static List<Path> snapshots(DataFolder source) throws IOException {
        return Files.isDirectory(source.snapshots()) ? CopiedFiles.namesIn(source.snapshots()) : List.of();
    }

    private List<BackupManifest.Entry> entries(Path folder) throws IOException {
        List<Path> files = CopiedFiles.filesBelow(folder);
        LongConsumer counter = counting("listing the copy", files);
        List<BackupManifest.Entry> entries = new ArrayList<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            entries.add(new BackupManifest.Entry(name, Files.size(file), CopiedFiles.sha256(file, counter)));
        }
        return entries;
    }

    private void print(BackupManifest made, Path target, PrintWriter out) {
        long bytes = made.files().stream()
                .mapToLong(BackupManifest.Entry::lengthBytes)
                .sum();
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("target", target.toString());
            object.put("last_sequence", made.lastSequence());
            object.put("last_time", Timestamps.toText(made.lastTimestampNs()));
            object.put("chain_hash", made.chainHash());
            object.put("files", made.files().size());
            object.put("bytes", bytes);
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.printf(
                    Locale.ROOT,
                    "backup in %s: %,d records to %s, %,d files, %,d bytes, checked%n",
                    target,
                    made.lastSequence(),
                    Timestamps.toText(made.lastTimestampNs()),
                    made.files().size(),
                    bytes);
        }
        out.flush();
    }
}
