package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of real servers that are killed. */
@Timeout(300)
class SnapshotServeTest {
    private static final String KEY = "sk_operator_chosen_0123456789_0123456789";
    private static final Map<String, String> ENVIRONMENT = Map.of(OperatorKey.VARIABLE, KEY);

    @TempDir
    private Path scratch;

    private int wallets;

    private Path data() {
        return scratch.resolve("data");
    }

    private RealServer start(String... options) throws Exception {
        return RealServer.start(data(), ENVIRONMENT, options);
    }

    private void openWallets(RealServer server, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            assertEquals(201, server.post("/api/v1/wallets", KEY, "{\"owner\":\"agent:" + wallets++ + "\"}"));
        }
    }

    private static int take(RealServer server) throws Exception {
        return server.post("/api/v1/admin/snapshots", KEY, "");
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve("snapshots"))) {
            return files.filter(path -> path.toString().endsWith(".scrip"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** The exit code of {@code scrip snapshot}, and what it says. */
    private String tool(int exitCode, String command) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        int code = Scrip.run(out, out, "snapshot", command, "--data", data().toString());
        assertEquals(exitCode, code, said::toString);
        return said.toString();
    }

    @Test
    void aKilledServerComesBackFromItsSnapshotAndFromAnOlderOneWhenThatIsDamaged() throws Exception {
        try (RealServer server = start()) {
            openWallets(server, 5);
            assertEquals(201, take(server));
            openWallets(server, 5);
            assertEquals(201, take(server));
            openWallets(server, 2);
        }
        Files.writeString(data().resolve("snapshots").resolve("snapshot-0000000000000000099.scrip.tmp"), "torn");
        assertEquals(2, snapshots().size());
        assertTrue(tool(0, "list").contains("snapshot-0000000000000000017.scrip"));
        assertTrue(tool(0, "check").contains("good"));

        Path newest = snapshots().get(0);
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 32;
        Files.write(newest, bytes);
        assertTrue(tool(1, "check").contains("checksum"));
        try (RealServer server = start("--snapshot-at-stop")) {
            assertEquals(200, server.get("/api/v1/trial-balance", KEY));
            openWallets(server, 1);
            RealServer.Ended ended = server.terminate();
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
            assertTrue(ended.output().contains("snapshot not used: " + newest), ended.output());
        }
        assertEquals(
                "snapshot-0000000000000000020.scrip",
                snapshots().get(0).getFileName().toString());
        try (RealServer server = start("--snapshots", "off")) {
            assertEquals(503, take(server));
            openWallets(server, 1);
            assertFalse(server.terminate().output().contains("not used"));
        }
        assertTrue(tool(0, "create").contains("snapshot-0000000000000000021.scrip"));
        // The damaged one is still among those that are kept.
        assertTrue(tool(1, "check").contains("snapshot-0000000000000000021.scrip       good"));
    }

    @Test
    void aKillAtAnyMomentOfSnapshottingHarmsNothing() throws Exception {
        Random moments = new Random(20_261_121);
        for (int round = 0; round < 4; round++) {
            try (RealServer server = start("--snapshot-every", "1", "--snapshots-kept", "2")) {
                openWallets(server, 20);
                LockSupport.parkNanos(moments.nextInt(60_000_000));
            }
        }
        try (RealServer server = start("--snapshots", "off")) {
            openWallets(server, 1);
            RealServer.Ended ended = server.terminate();
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
            assertFalse(ended.output().contains("not used"), ended.output());
        }
        tool(0, "check");
    }

    @Test
    void whatIsNoLedgerIsRefused() {
        assertTrue(tool(ExitCode.USAGE.number(), "list").contains("there is no such folder"));
    }
}
