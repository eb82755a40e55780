package io.scrip.tools.damage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scrip damage}: what {@code scrip torture} runs for T5 and T6, in a process of its own. One line of JSON. */
@Command(
        name = "damage",
        hidden = true,
        description = {
            "Cut files of a ledger and turn bits of them over, in a folder of its own, and see that opening them never"
                    + " shows anything wrong. Part of `scrip torture`.",
            ""
        },
        sortOptions = false)
public final class DamageCommand implements Callable<Integer> {
    private static final int TRIES = 1_000;
    private static final Path MEMORY = Path.of("/dev/shm");

    @Option(names = "--truncate-every", paramLabel = "N", description = "Cut at each Nth byte of the last 64 KiB.")
    private int truncateEvery;

    @Option(names = "--flips", paramLabel = "N", description = "Turn over so many bits.")
    private int flips;

    @Option(names = "--exhaustive", description = "And every bit of the journal's last 64 KiB.")
    private boolean exhaustive;

    @Option(names = "--blind", description = "With checksums that say the same of all bytes.")
    private boolean blind;

    @Option(names = "--seed", paramLabel = "N", description = "Of commands and places (default: ${DEFAULT-VALUE}).")
    private long seed = 7;

    @Option(names = "--threads", paramLabel = "N", description = "At a time (default: one for each core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path scratch = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "scrip-damage")
                : Files.createTempDirectory("scrip-damage");
        Thread hook = new Thread(() -> deleteWhileItIsWritten(scratch), "scrip-damage-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            spec.commandLine().getOut().println(campaign(scratch).call());
            spec.commandLine().getOut().flush();
            return 0;
        } finally {
            delete(scratch);
        }
    }

    private Callable<String> campaign(Path scratch) throws ReflectiveOperationException {
        if (truncateEvery > 0) {
            return new Truncations(scratch, seed, truncateEvery, threads);
        }
        return blind ? blind(scratch) : new BitFlips(scratch, seed, flips, exhaustive, threads);
    }

    /** The same class once more, over a product whose checks see nothing. */
    @SuppressWarnings("unchecked")
    private Callable<String> blind(Path scratch) throws ReflectiveOperationException {
        return (Callable<String>) new BlindLoader()
                .loadClass(BitFlips.class.getName())
                .getDeclaredConstructor(Path.class, long.class, int.class, boolean.class, int.class)
                .newInstance(scratch, seed, flips, exhaustive, threads);
    }

    /** When the process is told to end in the middle. */
    private static void deleteWhileItIsWritten(Path scratch) {
        for (int tries = 0; tries < TRIES && Files.exists(scratch); tries++) {
            try {
                delete(scratch);
            } catch (IOException changing) {
                // Somebody has made a file meanwhile: once more.
            }
        }
    }

    /** A file that is still mapped goes when nobody looks at it any more. */
    private static void delete(Path folder) throws IOException {
        Folders.delete(folder);
    }
}
