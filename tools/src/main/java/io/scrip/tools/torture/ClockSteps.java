package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * T10: under load the server's clock goes an hour back, days ahead, stands still, is beyond 2038; then a start with such a
 * clock, and one with the right one again. Journal time grows all the same.
 *
 * <p>No step goes further ahead than ids are remembered: after that time a random id is new again, whoever sends it. A
 * start needs a clock that moves, for Chronicle Queue waits for five milliseconds of it before anything else. So one that
 * stands still is not started with.
 */
final class ClockSteps implements Campaign {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final String RIGHT = "+0";
    private static final String PAST_2038 = "@2038-01-19 03:14:06";
    private static final String STILL = "still";
    private static final DateTimeFormatter AS_READ = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int BEFORE_STEP_MS = 500;
    /** The library looks at its file once a second. */
    private static final int AFTER_STEP_MS = 2_500;

    private static final int LOAD_MS = 1_500;
    private static final List<Step> STEPS = List.of(
            new Step(RIGHT, "-1h"),
            new Step(RIGHT, "+1d"),
            new Step(RIGHT, STILL),
            new Step(PAST_2038, PAST_2038),
            new Step(RIGHT, "-3d"),
            new Step(RIGHT, "+6d"));

    /** The clocks of the first start and under load, as the library spells them. */
    private record Step(String from, String to) {
        String text() {
            return to.equals(STILL) ? LocalDateTime.now(ZoneId.systemDefault()).format(AS_READ) : to;
        }
    }

    @Override
    public Line line() {
        return new Line("T10", "clock back, ahead, frozen, beyond 2038", STEPS.size(), 4 * STEPS.size(), 20);
    }

    @Override
    public String missing() {
        return Tools.library(LIBRARY) == null ? "needs libfaketime" : null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        while (bench.injuries() < injuries) {
            try (Trial trial = bench.trial()) {
                hurt(bench, trial, STEPS.get(bench.injuries() % STEPS.size()));
                trial.finish();
            }
        }
    }

    private static void hurt(Bench bench, Trial trial, Step step) throws IOException, InterruptedException {
        Path clock = trial.data().resolveSibling("clock-" + trial.data().getFileName());
        set(clock, step.from());
        trial.start(with(clock));
        trial.openAndFund();
        trial.load(BEFORE_STEP_MS, false, (server, round) -> {
            set(clock, step.text());
            Thread.sleep(AFTER_STEP_MS);
        });
        bench.hurt();
        trial.verify("after the clock went to " + step.to());
        trial.server().kill();
        if (!step.to().equals(STILL)) {
            trial.start(with(clock));
            trial.load(LOAD_MS, false, (server, round) -> {});
            trial.verify("with the clock at " + step.to());
            trial.server().kill();
        }
        trial.start(Launch.PLAIN);
        trial.verify("after the clock was at " + step.to());
    }

    private static Launch with(Path clock) {
        return Launch.with(Map.of(
                "LD_PRELOAD",
                Tools.library(LIBRARY).toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                // Without these two every timed wait of the JVM lasts for seconds.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0"));
    }

    /** In one step, so that the library never reads half of it. */
    private static void set(Path file, String clock) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(made, clock + "\n");
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
