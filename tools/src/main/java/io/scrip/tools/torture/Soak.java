package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** T23: load for hours, an injury being a minute of it. Memory, open files and files on disk must not grow. */
final class Soak implements Campaign {
    private static final int MINUTE_MS = 60_000;
    private static final int VERIFY_EVERY = 30;
    private static final int SETTLED_AFTER = 10;
    private static final double MOST_GROWTH = 1.25;
    private static final int MOST_FILES_MORE = 64;

    @Override
    public Line line() {
        return new Line("T23", "load for hours (each a minute)", 0, 480, 61);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            long settledBytes = 0;
            int settledFiles = 0;
            while (bench.injuries() < injuries) {
                trial.load(MINUTE_MS, false, (server, round) -> {});
                bench.hurt();
                long bytes = trial.server().residentBytes();
                int files = trial.server().openFiles();
                if (bench.injuries() == SETTLED_AFTER) {
                    settledBytes = bytes;
                    settledFiles = files;
                }
                bench.note(String.format(
                        Locale.ROOT,
                        "%,d MiB resident, %d open files, %d files on disk",
                        bytes >> 20,
                        files,
                        filesOnDisk(trial.data())));
                bench.progress(bench.note());
                if (settledBytes > 0 && bytes > settledBytes * MOST_GROWTH) {
                    trial.findings().violation("from " + settledBytes + " to " + bytes + " bytes resident");
                }
                if (settledBytes > 0 && files > settledFiles + MOST_FILES_MORE) {
                    trial.findings().violation("from " + settledFiles + " to " + files + " open files");
                }
                if (bench.injuries() % VERIFY_EVERY == 0) {
                    trial.verify("after " + bench.injuries() + " minutes");
                }
            }
            trial.server().kill();
            trial.start(Launch.PLAIN);
            trial.verify("after the last minute and a kill");
            trial.finish();
        }
    }

    private static long filesOnDisk(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
