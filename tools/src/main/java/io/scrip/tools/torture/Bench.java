package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What a campaign works with: a folder, a seed, and where its findings go. Belongs to one thread. */
final class Bench {
    private static final int WALLETS = 64;
    private static final int CONNECTIONS = 8;
    /** A server that lives for seconds spends a third of them on compiling what it hardly comes to run again. */
    private static final String COMPILED_ONCE = "-XX:TieredStopAtLevel=1";

    /** What a command of ours is appended to. */
    private final List<String> program;

    private final List<String> serverCommand;
    private final Path folder;
    private final SplittableRandom random;
    private final Findings findings = new Findings();
    private final Consumer<String> progress;
    private Trial lastTrial;
    private int trials;
    private int injuries;
    private String note = "";

    /** @param longLived whether servers are worth what Java's optimizing compiler costs */
    Bench(Path folder, long seed, boolean longLived, Consumer<String> progress) throws IOException {
        program = KillTestCommand.thisProgram();
        List<String> serverCommand = new ArrayList<>(
                longLived ? KillTestCommand.serverProgram() : KillTestCommand.serverProgram(COMPILED_ONCE));
        serverCommand.add("serve");
        this.serverCommand = List.copyOf(serverCommand);
        this.folder = folder;
        this.progress = progress;
        random = new SplittableRandom(seed);
        Files.createDirectories(folder);
    }

    Path folder() {
        return folder;
    }

    SplittableRandom random() {
        return random;
    }

    Findings findings() {
        return findings;
    }

    /** How many injuries were done. */
    int injuries() {
        return injuries;
    }

    void hurt() {
        injuries++;
    }

    void hurt(int times) {
        injuries += times;
    }

    String note() {
        return note;
    }

    /** Something worth knowing about the campaign, for the last column. */
    void note(String worthKnowing) {
        note = worthKnowing;
    }

    /** Another command of ours, in a process of its own. */
    Program program(String... arguments) {
        return new Program(program, folder, progress, arguments);
    }

    void progress(String line) {
        progress.accept(line);
    }

    /** A new ledger in a folder of its own. */
    Trial trial() throws IOException {
        trials++;
        return trialOn(folder.resolve("data-" + trials));
    }

    /** A new ledger on a device that is going to be hurt. */
    Trial trialOn(Path data) throws IOException {
        return trialOn(data, findings);
    }

    /** A new ledger whose findings are not the campaign's. */
    Trial trialOn(Path data, Findings own) throws IOException {
        Path notes = folder.resolve("notes-" + data.getFileName() + "-" + Long.toHexString(random.nextLong()));
        lastTrial = new Trial(
                new Trial.Config(serverCommand, data, notes, WALLETS, CONNECTIONS, random.nextLong() >>> 1),
                own,
                progress);
        return lastTrial;
    }

    /** What the last server printed at the end; for the case that nobody knows why it is gone. */
    String lastWords() {
        return lastTrial == null || lastTrial.server() == null
                ? ""
                : lastTrial.server().said();
    }

    /** A load of a random length between the two. */
    int loadMs(int leastMs, int mostMs) {
        return leastMs + random.nextInt(mostMs - leastMs + 1);
    }
}
