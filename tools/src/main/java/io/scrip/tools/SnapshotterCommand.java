package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.snapshotter.PublishedCheckpoints;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import io.scrip.snapshotter.Snapshotter;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Makes a running server's snapshots in a process of its own. */
@Command(
        name = "snapshotter",
        description = {
            "Follow the journal of a server that runs with `--snapshots apart`: apply every command again, compare the"
                    + " state with the server's, write snapshots, and archive what they make superfluous. Reads the"
                    + " journal only as far as the server says that it is durable. May be started before the server, and"
                    + " stays when that stops, until it comes back.",
            "SIGTERM or Ctrl-C stops it; an unfinished snapshot harms nothing. Ends with 11 when the two states differ:"
                    + " nothing is written then.",
            ""
        },
        sortOptions = false)
final class SnapshotterCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(
            names = "--snapshot-every",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Commands between two snapshots; one is made every hour as well, if there was any command"
                    + " (default: ${DEFAULT-VALUE}).")
    private long snapshotEvery;

    @Option(
            names = "--snapshots-kept",
            paramLabel = "N",
            defaultValue = "3",
            description = "Snapshots that are kept, at least 2 (default: ${DEFAULT-VALUE}).")
    private int snapshotsKept;

    @Option(
            names = "--archive",
            paramLabel = "DIR|off",
            description =
                    "Where files are moved that no kept snapshot needs; they are still read there (default: archive"
                            + " in the data folder).")
    private String archive;

    @Option(names = "--json", description = "Tell what happens in JSON, one object a line.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private volatile boolean isSignalled;
    private volatile boolean hasEnded;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder folder = DataFolder.existing(data);
        SnapshotOptions options = SnapshotOptions.of(
                SnapshotOptions.Mode.ON, snapshotEvery, snapshotsKept, false, SnapshotOptions.archive(archive, folder));
        SnapshotStore store = new SnapshotStore(folder.snapshots(), options.keep());
        Closeable lock = store.lock();
        try {
            Telling telling = new Telling(out, new Archiving(folder, options.archive(), store));
            Snapshotter snapshotter = new Snapshotter(
                    store,
                    options.config(),
                    new PublishedCheckpoints(folder.live()),
                    folder.journal(),
                    folder.events(),
                    Retention.STANDARD,
                    telling);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(snapshotter), "scrip-stop"));
            telling.say("following", Map.of("data", folder.path().toString()), "following " + folder.path());
            snapshotter.start();
            snapshotter.awaitEnd();
            hasEnded = true;
            if (isSignalled) {
                return ExitCode.OK.number();
            }
            throw telling.ended;
        } finally {
            lock.close();
        }
    }

    /** A JVM that a signal stops would report the signal; after an orderly stop the answer is 0. */
    private void stop(Snapshotter snapshotter) {
        isSignalled = true;
        if (hasEnded) {
            return;
        }
        snapshotter.close();
        Runtime.getRuntime().halt(ExitCode.OK.number());
    }

    /** Says on stdout what is done; keeps why it ended. */
    private final class Telling implements Snapshotter.Listener {
        private final PrintWriter out;
        private final Archiving archiving;
        private Refusal ended = new Refusal(ExitCode.INTERNAL, "the follower ended and did not say why");

        Telling(PrintWriter out, Archiving archiving) {
            this.out = out;
            this.archiving = archiving;
        }

        @Override
        public void onSnapshot(SnapshotFile file, long tookNs) {
            String name = file.path().getFileName().toString();
            say(
                    "snapshot",
                    Map.of("sequence", file.sequence(), "file", name, "bytes", file.sizeBytes(), "took_ns", tookNs),
                    String.format(Locale.ROOT, "%s, %,d bytes in %.1f s", name, file.sizeBytes(), tookNs / 1e9));
            try {
                int moved = archiving.run();
                if (moved > 0) {
                    say("archived", Map.of("files", moved), "archived " + moved + " file(s)");
                }
            } catch (JournalFailure | SnapshotException refused) {
                complain("archive: " + refused.getMessage());
            }
        }

        @Override
        public void onFailure(Exception failure) {
            complain("snapshots: " + failure.getMessage());
            ended = new Refusal(
                    Scrip.exitCodeOf(failure), "the snapshotter has ended: " + failure.getMessage(), failure);
        }

        @Override
        public void onDivergence(String evidence) {
            ended = new Refusal(
                    ExitCode.DIVERGED,
                    evidence
                            + "; no snapshot was written: keep the data folder as it is and run `scrip snapshot check`");
        }

        private void complain(String what) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("scrip: " + what);
            err.flush();
        }

        private void say(String event, Map<String, Object> facts, String line) {
            if (json) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("event", event);
                new java.util.TreeMap<>(facts).forEach(object::put);
                out.println(JsonMapper.shared().writeValueAsString(object));
            } else {
                out.println("scrip: " + line);
            }
            out.flush();
        }
    }
}
