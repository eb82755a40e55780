package io.scrip.tools.torture;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's own programs: which are there, and running them. Stateless. */
final class Tools {
    private static final int TIMEOUT_S = 180;
    private static final int UNMOUNT_LIMIT_S = 30;
    private static final int PAUSE_MS = 50;
    private static final MountProbe MOUNTS = new MountProbe();
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private Tools() {}

    /** What is missing of these programs, {@code null} when nothing. */
    static String missing(String... programs) {
        for (String program : programs) {
            if (!isOnPath(program)) {
                return "needs " + program;
            }
        }
        return null;
    }

    /** What is missing to mount file systems of our own. */
    static String missingForMounts(String... programs) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "needs root, to mount a file system of its own";
        }
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            return "needs loop devices";
        }
        String missing = missing(programs);
        return missing != null || MOUNTS.isAllowed() ? missing : "mounting a file system is not allowed here";
    }

    /** Tried once: in a container not even root may. */
    private static final class MountProbe {
        private Boolean allowed;

        synchronized boolean isAllowed() {
            if (allowed == null) {
                allowed = tryOnce();
            }
            return allowed;
        }

        private static boolean tryOnce() {
            try {
                Path probe = Files.createTempDirectory("scrip-mount");
                try {
                    run("mount", "-t", "tmpfs", "none", probe.toString());
                    unmount(probe);
                    return true;
                } finally {
                    Files.deleteIfExists(probe);
                }
            } catch (IOException refused) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static boolean isOnPath(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return Files.isExecutable(Path.of("/usr/sbin", program)) || Files.isExecutable(Path.of("/sbin", program));
    }

    /** A shared library of the system below {@code /usr/lib/<architecture>/}, {@code null} when it is not there. */
    static Path library(String name) {
        if (Files.isDirectory(LIBRARIES)) {
            try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
                for (Path architecture : architectures) {
                    if (Files.exists(architecture.resolve(name))) {
                        return architecture.resolve(name);
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot list " + LIBRARIES, e);
            }
        }
        return null;
    }

    /** Runs a program to its end; its output. Throws when it fails. */
    static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("scrip-tool", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
            Process process = Interruption.start(builder.redirectOutput(output.toFile()));
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " did not end within " + TIMEOUT_S + " s");
            }
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Unmounts what may be in use for a moment longer. */
    static void unmount(Path mountpoint) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(UNMOUNT_LIMIT_S);
        while (true) {
            try {
                run("umount", mountpoint.toString());
                return;
            } catch (IOException busy) {
                // Trying on would outlive the one that cleans up, and leave its output behind.
                if (Interruption.isOver() || System.nanoTime() > deadlineNs) {
                    throw busy;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    /** Starts a program that runs until it is killed; what it prints goes to a file. */
    static Process start(Path output, List<String> command) throws IOException {
        return Interruption.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()));
    }

    /** Puts one of this package's scripts into a folder. */
    static Path script(String name, Path folder) throws IOException {
        Path target = folder.resolve(name);
        try (InputStream source = Tools.class.getResourceAsStream(name)) {
            if (source == null) {
                throw new IllegalStateException("this build has no " + name);
            }
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
