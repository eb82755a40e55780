package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scrip snapshotter}: the follower in a process of its own, beside servers that come and go. */
@Timeout(300)
class SnapshotterProcessTest {
    private static final String KEY = "sk_operator_chosen_0123456789_0123456789";
    private static final Map<String, String> ENVIRONMENT = Map.of(OperatorKey.VARIABLE, KEY);
    private static final long PATIENCE_NS = 60_000_000_000L;

    @TempDir
    private Path scratch;

    private int wallets;

    private Path data() {
        return scratch.resolve("data");
    }

    private RealServer start(String mode) throws Exception {
        return RealServer.start(data(), ENVIRONMENT, "--snapshots", mode);
    }

    private void openWallets(RealServer server, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertEquals(201, server.post("/api/v1/wallets", KEY, "{\"owner\":\"agent:" + wallets++ + "\"}"));
        }
    }

    private String[] arguments(String every) {
        return new String[] {
            "snapshotter", "--json", "--data", data().toString(), "--snapshot-every", every, "--snapshots-kept", "2"
        };
    }

    private long newestSnapshot() throws IOException {
        Path folder = data().resolve("snapshots");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("snapshot-") && name.endsWith(".scrip"))
                    .mapToLong(name -> Long.parseLong(name.substring(9, 28)))
                    .max()
                    .orElse(0);
        }
    }

    private void awaitSnapshotAfter(long sequence) throws IOException {
        long beganNs = System.nanoTime();
        while (newestSnapshot() <= sequence) {
            assertTrue(System.nanoTime() - beganNs < PATIENCE_NS, "no snapshot after " + sequence);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void itFollowsServersThatAreStoppedKilledAndStartedAgain() throws Exception {
        List<String> said = new CopyOnWriteArrayList<>();
        Process snapshotter;
        try (RealServer server = start("apart")) {
            snapshotter = RealJava.start(List.of(), arguments("5"));
            read(snapshotter, said);
            openWallets(server, 10);
            awaitSnapshotAfter(0);
            assertEquals(503, server.post("/api/v1/admin/snapshots", KEY, ""));
            assertEquals(0, server.terminate().exitCode());
        }
        try {
            for (int round = 0; round < 2; round++) {
                long before = newestSnapshot();
                try (RealServer server = start("apart")) {
                    openWallets(server, 12);
                    awaitSnapshotAfter(before);
                }
            }
            RealJava.Ended second = RealJava.scrip(List.of(), arguments("5"));
            assertEquals(ExitCode.DATA_LOCKED.number(), second.exitCode(), second.output());
            assertTrue(second.output().contains("makes the snapshots"), second.output());
            RealServer.Ended server = RealServer.run(ENVIRONMENT, "--data", data().toString());
            assertEquals(ExitCode.DATA_LOCKED.number(), server.exitCode(), server.output());
            snapshotter.destroy();
            assertTrue(snapshotter.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, snapshotter.exitValue(), said.toString());
        } finally {
            snapshotter.destroyForcibly();
        }
        assertTrue(said.stream().anyMatch(line -> line.contains("\"event\":\"following\"")), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains("\"event\":\"snapshot\"")), said.toString());
        assertTrue(said.stream().anyMatch(line -> line.contains("\"event\":\"archived\"")), said.toString());
        Ran check = Ran.scrip("snapshot", "check", "--data", data());
        assertEquals(ExitCode.OK, check.code(), check.toString());
        Ran verify = Ran.scrip("verify", "--data", data());
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
        try (RealServer server = start("on")) {
            openWallets(server, 1);
        }
    }

    private static void read(Process process, List<String> said) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                        lines.lines().forEach(said::add);
                    } catch (IOException gone) {
                        said.add(gone.toString());
                    }
                },
                "snapshotter-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** A server that lies about its state stands for one that has another. */
    @Test
    void anotherStateThanTheServersEndsItWithoutASnapshot() throws Exception {
        long last;
        try (RealServer server = start("apart")) {
            openWallets(server, 20);
            assertEquals(0, server.terminate().exitCode());
            last = Long.parseLong(Files.readString(data().resolve("live")).split(" ")[3]);
        }
        Process snapshotter = RealJava.start(List.of(), arguments("1"));
        try {
            long beganNs = System.nanoTime();
            for (long number = Long.MAX_VALUE / 2; snapshotter.isAlive(); number++) {
                assertTrue(System.nanoTime() - beganNs < PATIENCE_NS, "it goes on");
                lie(number, last);
                LockSupport.parkNanos(50_000_000);
            }
            RealJava.Ended ended = RealJava.end(snapshotter);
            assertEquals(ExitCode.DIVERGED.number(), ended.exitCode(), ended.output());
            assertTrue(ended.output().contains("are of two minds after command " + last), ended.output());
        } finally {
            snapshotter.destroyForcibly();
        }
        assertEquals(0, newestSnapshot());
    }

    private void lie(long number, long sequence) throws IOException {
        String lines = "scrip-live 1\ncheckpoint " + number + " " + sequence + " 0123456789abcdef\n";
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.US_ASCII));
        Path draft = data().resolve("lie");
        Files.writeString(draft, lines + String.format("crc32c %08x\n", (int) crc.getValue()));
        Files.move(draft, data().resolve("live"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void whatIsNoLedgerIsRefused() {
        assertEquals(
                ExitCode.USAGE,
                Ran.scrip("snapshotter", "--data", scratch.resolve("none")).code());
        assertEquals(
                ExitCode.UNSUPPORTED_VERSION,
                Ran.scrip("snapshotter", "--data", scratch).code());
    }
}
