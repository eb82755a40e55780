package io.scrip.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A PostgreSQL of its own in a scratch folder, reached by a Unix socket there and by nothing else, durable: one plpgsql
 * function for a transfer, called by {@code pgbench} over 8 connections. Closing stops it and removes the folder.
 */
final class PostgresPeer implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Set<String> SCRIPTS = Set.of("schema.sql", "uniform.sql", "hot.sql");
    private static final String SETTINGS = "-c listen_addresses= -c fsync=on -c synchronous_commit=on"
            + " -c shared_buffers=1GB -c max_wal_size=2GB -c unix_socket_directories=";

    private final Path programs;
    private final Path folder;
    /** For a benchmark that is interrupted. */
    private final Thread atExit = new Thread(this::end, "postgres-end");

    /** Transfers per second, and how long each took. */
    record Run(double perSecond, Histogram latenciesNs) {}

    private PostgresPeer(Path programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
    }

    /** Why there cannot be one here, null when there can. */
    static String missing() {
        if (programs() == null) {
            return "needs PostgreSQL (Debian: postgresql)";
        }
        if (Programs.isRoot() && !Programs.isThere("runuser")) {
            return "needs runuser, because PostgreSQL does not run as root";
        }
        return null;
    }

    private static Path programs() {
        Path newest = null;
        if (Files.isDirectory(VERSIONS)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS)) {
                for (Path version : versions) {
                    boolean whole = Files.isExecutable(version.resolve("bin/initdb"))
                            && Files.isExecutable(version.resolve("bin/pgbench"));
                    if (whole && (newest == null || version.compareTo(newest) > 0)) {
                        newest = version;
                    }
                }
            } catch (IOException unreadable) {
                return null;
            }
        }
        return newest == null ? null : newest.resolve("bin");
    }

    static PostgresPeer start() throws IOException, InterruptedException {
        PostgresPeer peer = new PostgresPeer(programs(), Files.createTempDirectory("scrip-bench-pg-"));
        Runtime.getRuntime().addShutdownHook(peer.atExit);
        try {
            for (String script : SCRIPTS) {
                try (InputStream in = PostgresPeer.class.getResourceAsStream("postgres/" + script)) {
                    Files.copy(in, peer.folder.resolve(script), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (Programs.isRoot()) {
                Programs.run(peer.folder, List.of("chown", "-R", "postgres", peer.folder.toString()));
            }
            peer.run("initdb", "-D", peer.data(), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N");
            String log = peer.folder.resolve("log").toString();
            peer.run("pg_ctl", "-D", peer.data(), "-l", log, "-o", SETTINGS + peer.folder, "-w", "start");
            peer.client("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", "schema.sql");
            return peer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    String version() throws IOException, InterruptedException {
        return run("postgres", "--version");
    }

    /** Eight clients, one transfer at a time each. */
    Run measure(boolean hot, int seconds) throws IOException, InterruptedException {
        String script = hot ? "hot.sql" : "uniform.sql";
        client(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                String.valueOf(CLIENTS),
                "-j",
                "2",
                "-T",
                String.valueOf(seconds),
                "-f",
                script,
                "-l",
                "--log-prefix=took");
        Histogram latencies = new Histogram(3_600_000_000_000L, 3);
        long microseconds = seconds * 1_000_000L;
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(file -> file.getFileName().toString().startsWith("took"))
                    .toList()) {
                for (String line : Files.readAllLines(log, StandardCharsets.US_ASCII)) {
                    latencies.recordValue(Long.parseLong(line.split(" ", 4)[2]) * 1_000);
                }
                Files.delete(log);
            }
        }
        return new Run(latencies.getTotalCount() * 1e6 / microseconds, latencies);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String client(String program, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-h", folder.toString(), "-U", "postgres"));
        all.addAll(List.of(arguments));
        all.add("postgres");
        return run(program, all.toArray(new String[0]));
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Programs.isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return Programs.run(folder, command);
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook finds nothing left to do.
            return;
        }
    }

    private void end() {
        try {
            if (Files.exists(Path.of(data(), "postmaster.pid"))) {
                run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
            }
            ScratchServer.remove(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("PostgreSQL's scratch data is left in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
