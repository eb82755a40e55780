package io.scrip.tools.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * T22: killed between any two steps of making a snapshot, by a tracer of the one thread that makes them; and started
 * with a newest snapshot that is torn, or is an older one under a newer name.
 */
final class SnapshotKills implements Campaign {
    private static final String THREAD = "scrip-snapshotter";
    private static final int INJURIES_PER_LEDGER = 11;
    private static final int LONGEST_LOAD_MS = 5_000;
    private static final int SNAPSHOT_LIMIT_S = 60;

    /** Every system call that one round of writing, forcing, renaming, reading back and pruning makes of that thread. */
    private static final List<Step> STEPS = List.of(
            new Step("openat", 1),
            new Step("write", 1),
            new Step("fsync", 1),
            new Step("rename", 1),
            new Step("fsync", 2),
            new Step("openat", 8),
            new Step("rename", 2),
            new Step("unlink", 1),
            new Step("unlink", 2));

    private static final int TORN = STEPS.size();
    private static final int STALE = TORN + 1;

    /** A system call, and which of them. */
    private record Step(String systemCall, int nth) {}

    @Override
    public Line line() {
        return new Line("T22", "killed at each step of a snapshot; torn and stale", 22, 220, 5);
    }

    @Override
    public String missing() {
        return Strace.missing();
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        int kills = 0;
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                SnapshotShelf shelf = new SnapshotShelf(trial.data());
                trial.start(launch());
                trial.openAndFund();
                for (int turn = 0; turn < INJURIES_PER_LEDGER && bench.injuries() < injuries; turn++) {
                    int what = bench.injuries() % (TORN + 2);
                    if (what < TORN) {
                        kills += kill(bench, trial, STEPS.get(what)) ? 1 : 0;
                        bench.findings().violations(shelf.inspect());
                    } else {
                        spoil(bench, trial, shelf, what);
                    }
                    bench.hurt();
                    trial.start(launch());
                    trial.verify("after injury " + bench.injuries());
                }
                trial.finish();
                check(bench, trial, shelf);
            }
        }
        bench.note(kills + " killed while a snapshot was made");
    }

    private static Launch launch() {
        return Launch.PLAIN.and("--snapshot-every", "250", "--snapshots-kept", "2");
    }

    private static boolean kill(Bench bench, Trial trial, Step step) throws IOException, InterruptedException {
        bench.progress("kill at " + step.systemCall() + " " + step.nth() + " of " + THREAD);
        Path output = bench.folder().resolve("tracer-" + bench.injuries() + ".txt");
        boolean[] killed = new boolean[1];
        String tampering = "signal=SIGKILL:when=" + step.nth();
        ThreadTracer tracer = ThreadTracer.attach(trial.server(), THREAD, step.systemCall(), tampering, output);
        try {
            trial.load(LONGEST_LOAD_MS, true, (server, round) -> {
                killed[0] = !server.isAlive();
                server.kill();
            });
        } finally {
            tracer.close();
        }
        return killed[0];
    }

    private static void spoil(Bench bench, Trial trial, SnapshotShelf shelf, int what)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SNAPSHOT_LIMIT_S);
        int loadMs = bench.loadMs(500, 1_000);
        do {
            trial.load(loadMs, false, (server, round) -> {});
        } while (shelf.newestFirst().isEmpty() && System.nanoTime() < deadlineNs);
        trial.server().kill();
        bench.findings().violations(shelf.inspect());
        List<Path> newestFirst = shelf.newestFirst();
        if (newestFirst.isEmpty()) {
            throw new IOException("no snapshot was made within " + SNAPSHOT_LIMIT_S + " s");
        }
        Path newest = newestFirst.get(0);
        if (what == STALE) {
            bench.progress("an older snapshot under a newer name");
            Path older = newestFirst.get(newestFirst.size() - 1);
            String name = newest.getFileName().toString();
            long sequence = Long.parseLong(name.replaceAll("[^0-9]", "")) + 1;
            String newer = String.format(Locale.ROOT, "snapshot-%019d.scrip", sequence);
            Files.copy(older, newest.resolveSibling(newer), StandardCopyOption.REPLACE_EXISTING);
            shelf.spoilt(newest.resolveSibling(newer));
            return;
        }
        bench.progress("a torn snapshot");
        try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
            long length = file.length();
            file.setLength(bench.random().nextLong(length));
            // Every second time it is as long as it was, with zeros in it.
            file.setLength(bench.random().nextBoolean() ? length : file.length());
        }
        shelf.spoilt(newest);
    }

    /** O8: what a replay from the first record says of everything; snapshots that were spoilt here aside. */
    private static void check(Bench bench, Trial trial, SnapshotShelf shelf) throws IOException, InterruptedException {
        JsonNode verified = bench.program("verify", "--data", trial.data().toString(), "--json")
                .run();
        for (JsonNode finding : verified.path("findings")) {
            if (!shelf.isSpoilt(finding.path("file").asString(""))) {
                trial.findings().violation("O8 " + finding);
            }
        }
        if (verified.path("records").asLong() == 0) {
            trial.findings().violation("O8 cannot be told: " + verified);
        }
    }
}
