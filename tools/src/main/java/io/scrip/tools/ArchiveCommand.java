package io.scrip.tools;

import io.scrip.journal.LogArchive;
import io.scrip.journal.LogArchive.StoredFile;
import io.scrip.ledger.SnapshotException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Looks at the older files of a ledger, and takes them away for good when that is asked for. */
@Command(
        name = "archive",
        description = {
            "Where the files of a ledger's journal and event log are, and the end of the oldest of them. Files that no"
                    + " kept snapshot needs are moved to the archive by who makes the snapshots; they are read there as"
                    + " before.",
            ""
        },
        sortOptions = false)
final class ArchiveCommand {
    private static final String JOURNAL = "journal";
    private static final String EVENTS = "events";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Command(
            name = "list",
            description =
                    "List every file there ever was, oldest first, and where it is; also those of event logs that a"
                            + " start has set aside.")
    int list(@CommandLine.Mixin FolderOptions common) {
        DataFolder folder = common.folder();
        boolean json = common.json;
        PrintWriter out = spec.commandLine().getOut();
        boolean missing = print(JOURNAL, LogArchive.ofJournal(folder.journal()).files(), json, out);
        if (Files.isDirectory(folder.events())) {
            missing |= print(EVENTS, LogArchive.ofEvents(folder.events()).files(), json, out);
        }
        for (LogArchive aside : LogArchive.setAside(folder.events())) {
            // Nobody needs it, so nothing is wrong when a part of it has gone.
            print(aside.name(), aside.files(), json, out);
        }
        out.flush();
        return (missing ? ExitCode.FAILED : ExitCode.OK).number();
    }

    @Command(
            name = "prune",
            description = {
                "Take archived files away for good. Without --yes it only says which. What the kept snapshots need stays:"
                        + " at least two of them are read to their ends first, with the journal behind the oldest of"
                        + " these, and that one is kept as the base that the ledger begins with from then on. May be used"
                        + " beside a running server.",
                "Afterwards requests that need what is gone are answered with 410, and `scrip verify` derives the ledger"
                        + " from the base on. Signed statements remain.",
                ""
            })
    int prune(
            @CommandLine.Mixin FolderOptions common,
            @Option(
                            names = "--before",
                            paramLabel = "SEQUENCE|DATE",
                            description =
                                    "Files that end before this command, or before this day or moment (2026-11-21,"
                                            + " 2026-11-21T08:00:00Z).")
                    String before,
            @Option(
                            names = "--keep-days",
                            paramLabel = "N",
                            description = "Files that end more than so many days before now.")
                    Long keepDays,
            @Option(
                            names = "--also-remembered",
                            description = "Also commands of the last seven days, whose ids are remembered: when one is"
                                    + " sent again, its first answer cannot be given again.")
                    boolean alsoRemembered,
            @Option(names = "--yes", description = "Do it.") boolean yes)
            throws SnapshotException {
        PruneLimit limit = PruneLimit.of(before, keepDays);
        PrintWriter err = spec.commandLine().getErr();
        Pruning pruning = new Pruning(common.folder(), new ReplayProgress("checking", err, System::nanoTime));
        Pruning.Plan plan = pruning.plan(limit, alsoRemembered);
        if (yes && !plan.isEmpty()) {
            pruning.execute(plan);
        }
        print(plan, yes, common.json, spec.commandLine().getOut());
        return ExitCode.OK.number();
    }

    private static boolean print(String part, List<StoredFile> files, boolean json, PrintWriter out) {
        boolean missing = false;
        for (StoredFile file : files) {
            missing |= file.state() == LogArchive.State.MISSING;
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(object(part, file)));
            } else {
                String last = file.lastSequence() < 0 ? "…" : String.format(Locale.ROOT, "%,d", file.lastSequence());
                out.printf(
                        Locale.ROOT,
                        "%-14s %s/%s %,16d to %16s %,14d bytes  %s%n",
                        part,
                        file.generation(),
                        file.name(),
                        file.firstSequence(),
                        last,
                        file.sizeBytes(),
                        stateOf(file) + (isSetAside(part) ? ", set aside" : ""));
            }
        }
        return missing;
    }

    /** Parts of the ledger are the journal and the event log; any other name is the folder of a log that was set aside. */
    private static boolean isSetAside(String part) {
        return !part.equals(JOURNAL) && !part.equals(EVENTS);
    }

    private static String stateOf(StoredFile file) {
        return switch (file.state()) {
            case IN_PLACE -> "in place";
            case ARCHIVED -> "archived in " + file.path().getParent().getParent();
            case PRUNED -> "pruned";
            case MISSING -> "MISSING";
        };
    }

    private static Map<String, Object> object(String part, StoredFile file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("part", part);
        object.put("set_aside", isSetAside(part));
        object.put("file", file.generation() + "/" + file.name());
        object.put("first_sequence", file.firstSequence());
        object.put("last_sequence", file.lastSequence() < 0 ? null : file.lastSequence());
        object.put("state", file.state().name().toLowerCase(Locale.ROOT));
        object.put(
                "path",
                file.state() == LogArchive.State.PRUNED ? null : file.path().toString());
        object.put("bytes", file.sizeBytes());
        return object;
    }

    private static void print(Pruning.Plan plan, boolean done, boolean json, PrintWriter out) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("done", done && !plan.isEmpty());
            object.put("first_command_kept", plan.firstCommandKept());
            object.put("first_event_kept", plan.firstEventKept());
            object.put("base", plan.base() == null ? null : plan.base().sequence());
            object.put(
                    "files",
                    Stream.of(
                                    plan.journal().stream().map(file -> object(JOURNAL, file)),
                                    plan.events().stream().map(file -> object(EVENTS, file)),
                                    plan.setAside().stream()
                                            .flatMap(log -> log.files().stream().map(file -> object(log.name(), file))))
                            .flatMap(files -> files)
                            .toList());
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else if (plan.isEmpty()) {
            out.println("nothing to prune: " + plan.whyNotMore());
        } else {
            print(JOURNAL, plan.journal(), false, out);
            print(EVENTS, plan.events(), false, out);
            plan.setAside().forEach(log -> print(log.name(), log.files(), false, out));
            out.printf(
                    Locale.ROOT,
                    "%s: %d file(s). Commands are kept from %,d on, events from %,d on; the ledger begins with the"
                            + " snapshot of command %,d.%n",
                    done ? "gone for good" : "would be gone for good; say --yes to do it",
                    plan.fileCount(),
                    plan.firstCommandKept(),
                    plan.firstEventKept(),
                    plan.base().sequence());
        }
        out.flush();
    }
}
