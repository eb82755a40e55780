package io.scrip.tools.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.RealServer;
import io.scrip.tools.ServerLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a server that is busy all the while. */
@Timeout(180)
class OnlineBackupTest {
    private static final int BACKUPS = 3;

    @TempDir
    private Path scratch;

    @Test
    void everythingAcknowledgedBeforeABackupBeganIsInIt() throws Exception {
        Path data = scratch.resolve("data");
        String key;
        List<List<String>> before = new ArrayList<>();
        try (RealServer server = RealServer.start(data, Map.of())) {
            key = server.operatorKey();
            try (ServerLoad load = new ServerLoad(server, key)) {
                for (int i = 0; i < BACKUPS; i++) {
                    load.awaitMore(100);
                    before.add(load.acknowledged());
                    Ran made = Ran.scrip("backup", "--data", data, "--to", scratch.resolve("backup-" + i));
                    assertEquals(ExitCode.OK, made.code(), made.toString());
                }
                load.awaitMore(10);
            }
            assertEquals(200, server.get("/readyz", null));
            assertEquals(ExitCode.OK.number(), server.terminate().exitCode());
        }
        for (int i = 0; i < BACKUPS; i++) {
            Path restored = scratch.resolve("restored-" + i);
            Ran put = Ran.scrip("restore", "--from", scratch.resolve("backup-" + i), "--data", restored);
            assertEquals(ExitCode.OK, put.code(), put.toString());
            Set<String> missing = new HashSet<>(before.get(i));
            missing.removeAll(issued(restored));
            assertEquals(Set.of(), missing);
            assertEquals(ExitCode.OK, Ran.scrip("verify", "--data", restored).code());
        }
        Path last = scratch.resolve("restored-" + (BACKUPS - 1));
        try (RealServer server = RealServer.start(last, Map.of())) {
            for (String id : before.get(BACKUPS - 1).subList(0, 10)) {
                assertEquals(200, server.get("/api/v1/transfers/" + id, key));
            }
            assertEquals(201, server.post("/api/v1/wallets", key, "{\"owner\":\"agent:after\"}"));
            assertEquals(ExitCode.OK.number(), server.terminate().exitCode());
        }
        assertEquals(ExitCode.OK, Ran.scrip("verify", "--data", last).code());
    }

    @Test
    void besideTheServerReadersReadAndVerifyRefuses() throws Exception {
        Path data = scratch.resolve("data");
        try (RealServer server = RealServer.start(data, Map.of());
                ServerLoad load = new ServerLoad(server, server.operatorKey())) {
            load.awaitMore(50);
            List<String> acknowledged = load.acknowledged();
            Ran verify = Ran.scrip("verify", "--data", data);
            assertEquals(ExitCode.DATA_LOCKED, verify.code(), verify.toString());
            assertTrue(issued(data).containsAll(acknowledged));
            assertEquals(ExitCode.OK, Ran.scrip("replay", "--data", data).code());
            load.awaitMore(10);
        }
    }

    /** The ids of all commands in the journal. */
    private static Set<String> issued(Path data) {
        Ran dump = Ran.scrip("dump", "--json", "--data", data);
        assertEquals(ExitCode.OK, dump.code(), dump.err());
        Set<String> ids = new HashSet<>();
        dump.out().lines().forEach(line -> {
            int at = line.indexOf("\"id\":\"");
            if (at >= 0) {
                ids.add(line.substring(at + 6, at + 42));
            }
        });
        return ids;
    }
}
