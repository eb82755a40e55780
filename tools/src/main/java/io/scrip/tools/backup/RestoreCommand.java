package io.scrip.tools.backup;

import io.scrip.engine.JournalFailure;
import io.scrip.gateway.json.Timestamps;
import io.scrip.journal.JournalReader;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import io.scrip.tools.ReplayProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Puts a backup in the place of a data folder. */
@Command(
        name = "restore",
        description = {
            "Put a backup into a new or empty data folder, and check it: every file against the backup's list, every"
                    + " record against the one before it. A restore that was cut short leaves a folder that no server"
                    + " starts with.",
            "Never run the old folder and a restored one side by side: both would go on with the same history.",
            ""
        },
        sortOptions = false)
public final class RestoreCommand implements Callable<Integer> {
    private static final String JOURNAL_MANIFEST = "journal/manifest";
    private static final int PROGRESS_EVERY = 1_024;

    @Option(names = "--from", paramLabel = "TARGET", required = true, description = "What `scrip backup` made.")
    private Path from;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "A new or empty folder.")
    private Path data;

    @Option(names = "--json", description = "Print one JSON object instead of a line.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path backup = from.toAbsolutePath().normalize();
        Path target = data.toAbsolutePath().normalize();
        if (!Files.isDirectory(backup)) {
            throw new Refusal(ExitCode.USAGE, "--from " + from + ": there is no such folder");
        }
        BackupManifest manifest = BackupManifest.read(backup);
        try {
            requireNothingElse(backup, manifest);
            CopiedFiles.requireEmpty(target, "--data");
            copy(backup, target, manifest);
        } catch (IOException refused) {
            throw new Refusal(ExitCode.DISK, "not restored, remove " + target + " and repeat: " + refused, refused);
        }
        check(new DataFolder(target), manifest);
        print(manifest, target, out);
        return ExitCode.OK.number();
    }

    /** A file more would be of something else, and a name must not lead out of the folder. */
    private static void requireNothingElse(Path backup, BackupManifest manifest) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(backup)) {
            walk.filter(Files::isRegularFile)
                    .forEach(
                            file -> names.add(backup.relativize(file).toString().replace('\\', '/')));
        }
        names.remove(BackupManifest.NAME);
        for (BackupManifest.Entry entry : manifest.files()) {
            if (!names.remove(entry.name())) {
                throw damaged(backup.resolve(entry.name()) + " is missing");
            }
        }
        if (!names.isEmpty()) {
            throw damaged(backup.resolve(names.first()) + " is not in its list; was a server run on it?");
        }
    }

    /** The journal's manifest comes last: without it no server starts. */
    private void copy(Path backup, Path target, BackupManifest manifest) throws IOException {
        ReplayProgress progress =
                new ReplayProgress("restoring", "bytes", spec.commandLine().getErr(), System::nanoTime);
        long total = manifest.files().stream()
                .mapToLong(BackupManifest.Entry::lengthBytes)
                .sum();
        long[] done = {0};
        LongConsumer counter = bytes -> {
            done[0] += bytes;
            progress.onProgress(done[0], total);
        };
        BackupManifest.Entry last = null;
        for (BackupManifest.Entry entry : manifest.files()) {
            if (entry.name().equals(JOURNAL_MANIFEST)) {
                last = entry;
            } else {
                copy(backup, target, entry, counter);
            }
        }
        if (last == null) {
            throw damaged(backup.resolve(JOURNAL_MANIFEST) + " is not in its list");
        }
        try (Stream<Path> walk = Files.walk(target)) {
            for (Path folder : walk.filter(Files::isDirectory).toList()) {
                CopiedFiles.forceFolder(folder);
            }
        }
        // Looked at before it is copied: with a bad one in its place a server would start.
        if (!CopiedFiles.sha256(backup.resolve(last.name())).equals(last.sha256())) {
            throw changed(backup.resolve(last.name()));
        }
        copy(backup, target, last, counter);
        CopiedFiles.forceFolder(target.resolve(last.name()).getParent());
        CopiedFiles.forceFolder(target.getParent());
    }

    private static void copy(Path backup, Path target, BackupManifest.Entry entry, LongConsumer counter)
            throws IOException {
        Path source = backup.resolve(entry.name());
        if (Files.size(source) != entry.lengthBytes()) {
            throw damaged(source + " has " + Files.size(source) + " bytes instead of " + entry.lengthBytes());
        }
        Path copy = target.resolve(entry.name());
        CopiedFiles.copy(source, copy, entry.lengthBytes(), counter);
        if (!CopiedFiles.sha256(copy).equals(entry.sha256())) {
            throw changed(source);
        }
    }

    private static Refusal changed(Path source) {
        return damaged(source + " is not what was backed up: its SHA-256 differs");
    }

    private void check(DataFolder target, BackupManifest manifest) {
        ReplayProgress progress =
                new ReplayProgress("checking the journal", spec.commandLine().getErr(), System::nanoTime);
        try (JournalReader journal = JournalReader.open(target.journal())) {
            journal.readAll((sequence, timestampNs, command, offset, length) -> {
                if (sequence % PROGRESS_EVERY == 0) {
                    progress.onProgress(sequence, manifest.lastSequence());
                }
            });
            if (journal.lastSequence() != manifest.lastSequence()
                    || !journal.lastHashHex().equals(manifest.chainHash())) {
                throw damaged("its journal ends with record " + journal.lastSequence() + ", its list says "
                        + manifest.lastSequence());
            }
        } catch (JournalFailure failure) {
            throw new Refusal(ExitCode.FAILED, "the backup is damaged, use another: " + failure.getMessage(), failure);
        }
    }

    private static Refusal damaged(String what) {
        return new Refusal(ExitCode.FAILED, "the backup is damaged, use another: " + what);
    }

    private void print(BackupManifest manifest, Path target, PrintWriter out) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("data", target.toString());
            object.put("last_sequence", manifest.lastSequence());
            object.put("last_time", Timestamps.toText(manifest.lastTimestampNs()));
            object.put("chain_hash", manifest.chainHash());
            object.put("files", manifest.files().size());
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            out.printf(
                    Locale.ROOT,
                    "restored %s: %,d records to %s, backed up at %s; start it with `scrip serve --data %s`%n",
                    target,
                    manifest.lastSequence(),
                    Timestamps.toText(manifest.lastTimestampNs()),
                    manifest.made(),
                    target);
        }
        out.flush();
    }
}
