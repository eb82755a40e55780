package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.EventLogConfig;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server whose older files are archived, and then pruned. */
@Timeout(300)
class ArchiveServeTest {
    private static final String KEY = "sk_operator_chosen_0123456789_0123456789";
    private static final Map<String, String> ENVIRONMENT = Map.of(OperatorKey.VARIABLE, KEY);
    private static final int PROCESSES = 3;
    private static final int ISSUES_OF_EACH = 10;

    @TempDir
    private Path scratch;

    private Path data;
    private String wallet;
    /** Moves at the very beginning and never again. */
    private String quiet;

    /** Ids of what was issued, by process. */
    private final List<List<String>> issued = new ArrayList<>();

    /** Three processes, each with a generation of its own, and two snapshots at the end. */
    @BeforeEach
    void run() throws Exception {
        data = scratch.resolve("data");
        for (int process = 0; process < PROCESSES; process++) {
            try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
                issue(server);
                if (process == PROCESSES - 1) {
                    snapshot(server);
                    issue(server);
                    snapshot(server);
                }
                assertEquals(0, server.terminate().exitCode());
            }
        }
    }

    private void issue(RealServer server) throws Exception {
        if (wallet == null) {
            wallet = open(server, "agent:one");
            quiet = open(server, "agent:quiet");
            String body = body(LocalServer.newId()).replace(wallet, quiet);
            assertEquals(201, server.post("/api/v1/tokens/CRD/issue", KEY, body));
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ISSUES_OF_EACH; i++) {
            String id = LocalServer.newId();
            assertEquals(201, server.post("/api/v1/tokens/CRD/issue", KEY, body(id)));
            ids.add(id);
        }
        issued.add(ids);
    }

    private static String open(RealServer server, String owner) throws Exception {
        return JsonMapper.shared()
                .readTree(server.postForBody("/api/v1/wallets", KEY, "{\"owner\":\"" + owner + "\"}")
                        .body())
                .get("wallet_id")
                .asString();
    }

    private String body(String id) {
        return "{\"id\":\"" + id + "\",\"to\":\"" + wallet + "\",\"amount\":\"1\"}";
    }

    private static void snapshot(RealServer server) throws Exception {
        assertEquals(201, server.post("/api/v1/admin/snapshots", KEY, ""));
    }

    private List<JsonNode> list(String part, String state) {
        Ran ran = Ran.scrip("archive", "list", "--json", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        return ran.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(file -> file.get("part").asString().equals(part)
                        && file.get("state").asString().equals(state))
                .toList();
    }

    private static void good(Path data) {
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
    }

    @Test
    void whatWasArchivedIsReadByEverybodyAsBefore() throws Exception {
        assertEquals(PROCESSES - 1, list("journal", "archived").size());
        assertEquals(PROCESSES - 1, list("events", "archived").size());
        assertTrue(Files.isDirectory(data.resolve("archive/journal/generation-000001")));
        good(data);
        try (RealServer server = RealServer.start(
                data, ENVIRONMENT, "--archive", scratch.resolve("cold").toString())) {
            for (List<String> ids : issued) {
                for (String id : ids) {
                    assertEquals(200, server.get("/api/v1/transfers/" + id, KEY));
                }
            }
            assertEquals(200, server.get("/api/v1/wallets/" + wallet + "/balances?at_sequence=20", KEY));
            Ran backup = Ran.scrip("backup", "--data", data, "--to", scratch.resolve("backup"));
            assertEquals(ExitCode.OK, backup.code(), backup.toString());
            issue(server);
            snapshot(server);
            issue(server);
            snapshot(server);
            issue(server);
            snapshot(server);
            // The generation of the process before went to the new place, and what was archived is still found.
            assertTrue(Files.isDirectory(scratch.resolve("cold/journal")));
            assertEquals(200, server.get("/api/v1/transfers/" + issued.get(0).get(0), KEY));
            assertEquals(0, server.terminate().exitCode());
        }
        good(data);
        Ran restore = Ran.scrip("restore", "--from", scratch.resolve("backup"), "--data", scratch.resolve("restored"));
        assertEquals(ExitCode.OK, restore.code(), restore.toString());
        good(scratch.resolve("restored"));
        delete(data.resolve("events"));
        int archived = list("journal", "archived").size();
        try (RealServer server = RealServer.start(data, ENVIRONMENT, "--archive", "off")) {
            assertEquals(200, server.get("/api/v1/transfers/" + issued.get(0).get(0), KEY));
            for (int i = 0; i < 3; i++) {
                issue(server);
                snapshot(server);
            }
        }
        assertEquals(archived, list("journal", "archived").size());
    }

    @Test
    void whatWasPrunedIsSaidToBeGoneAndTheRestGoesOn() throws Exception {
        Ran plan = prune("--before", "32");
        assertTrue(plan.out().contains("last seven days"), plan.toString());
        plan = prune("--before", "32", "--also-remembered");
        assertTrue(plan.out().contains("say --yes"), plan.toString());
        assertEquals(PROCESSES - 1, list("journal", "archived").size());
        try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
            String old = issued.get(0).get(0);
            String newer = issued.get(PROCESSES - 1).get(0);
            assertEquals(200, server.get("/api/v1/transfers/" + old, KEY));
            Ran done = prune("--before", "32", "--also-remembered", "--yes", "--json");
            assertTrue(JsonMapper.shared().readTree(done.out()).get("done").asBoolean(), done.toString());
            assertEquals(410, await410(server, "/api/v1/transfers/" + old));
            askForWhatIsGone(server, old);
            assertEquals(200, server.get("/api/v1/transfers/" + newer, KEY));
            issue(server);
        }
        assertFalse(list("journal", "pruned").isEmpty());
        assertFalse(Files.exists(data.resolve("archive/journal/generation-000001/19700101-00LS.cq4")));
        toolsBeginWithTheBase();
        try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
            askForWhatIsGone(server, issued.get(0).get(0));
            issue(server);
            assertEquals(0, server.terminate().exitCode());
        }
        good(data);
    }

    private Ran prune(String... options) {
        List<Object> all = new ArrayList<>(List.of("archive", "prune", "--data", data));
        all.addAll(List.of(options));
        Ran ran = Ran.scrip(all.toArray());
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        return ran;
    }

    private static int await410(RealServer server, String path) throws Exception {
        return await(server, path, 410);
    }

    private static int await(RealServer server, String path, int wanted) throws Exception {
        int status = 0;
        for (int i = 0; i < 200 && status != wanted; i++) {
            status = server.get(path, KEY);
            LockSupport.parkNanos(50_000_000);
        }
        return status;
    }

    private void askForWhatIsGone(RealServer server, String old) throws Exception {
        for (String path : List.of(
                "/api/v1/transfers/" + old,
                "/api/v1/transfers/" + old + "/receipt",
                "/api/v1/wallets/" + wallet + "/balances?at_sequence=12",
                "/api/v1/events?from=1")) {
            assertEquals(410, server.get(path, KEY), path);
        }
        HttpResponse<String> again = server.postForBody("/api/v1/tokens/CRD/issue", KEY, body(old));
        assertEquals(410, again.statusCode(), again.body());
        assertTrue(again.body().contains("history_pruned") && again.body().contains("decided before"), again.body());
        assertEquals(200, server.get("/api/v1/wallets/" + wallet + "/transactions?limit=5", KEY));
        assertEquals(200, server.get("/api/v1/wallets/" + wallet, KEY));
        long last = JsonMapper.shared()
                .readTree(server.body("/api/v1/wallets/" + quiet, KEY))
                .get("sequence")
                .asLong();
        String past = server.body("/api/v1/wallets/" + quiet + "/balances?at_sequence=" + (last - 1), KEY);
        JsonNode balances = JsonMapper.shared().readTree(past).path("balances");
        assertEquals("1", balances.path(0).path("total").asString(), past);
    }

    private void toolsBeginWithTheBase() throws IOException {
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
        assertTrue(verify.out().contains("have been pruned: derived from the snapshot"), verify.toString());
        Ran replay = Ran.scrip("replay", "--data", data, "--to", 20);
        assertEquals(ExitCode.PRUNED, replay.code(), replay.toString());
        assertEquals(ExitCode.OK, Ran.scrip("replay", "--data", data).code());
        assertEquals(
                ExitCode.PRUNED, Ran.scrip("dump", "--data", data, "--from", 1).code());
        assertEquals(ExitCode.OK, Ran.scrip("dump", "--data", data).code());
        assertEquals(ExitCode.OK, Ran.scrip("dump", "--events", "--data", data).code());
        assertEquals(ExitCode.OK, Ran.scrip("snapshot", "check", "--data", data).code());
        assertTrue(Ran.scrip("snapshot", "check", "--data", data).out().contains("base-"));
        Ran backup = Ran.scrip("backup", "--data", data, "--to", scratch.resolve("backup"));
        assertEquals(ExitCode.OK, backup.code(), backup.toString());
        Path restored = scratch.resolve("restored");
        Ran restore = Ran.scrip("restore", "--from", scratch.resolve("backup"), "--data", restored);
        assertEquals(ExitCode.OK, restore.code(), restore.toString());
        good(restored);
        assertTrue(Files.exists(restored.resolve("events/manifest")), "events that nobody can make again are copied");
    }

    @Test
    void withoutTheEventLogHistoryBeginsWithTheBaseAndWithoutAnySnapshotNothingIsGuessed() throws Exception {
        prune("--before", "32", "--also-remembered", "--yes");
        delete(data.resolve("events"));
        try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
            assertEquals(410, server.get("/api/v1/transfers/" + issued.get(1).get(0), KEY));
            assertEquals(
                    200, server.get("/api/v1/transfers/" + issued.get(PROCESSES).get(0), KEY));
            assertEquals(0, server.terminate().exitCode());
        }
        good(data);
        delete(data.resolve("snapshots"));
        RealServer.Ended ended = RealServer.run(ENVIRONMENT, "--data", data.toString());
        assertEquals(ExitCode.JOURNAL_DAMAGED.number(), ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("have been pruned: restore a backup"), ended.output());
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.JOURNAL_DAMAGED, verify.code(), verify.toString());
    }

    @Test
    void aShortenedEventLogIsKeptAsideAndHistoryBeginsWithTheBase() throws Exception {
        prune("--before", "32", "--also-remembered", "--yes");
        try (ChronicleEventLog events = ChronicleEventLog.open(EventLogConfig.of(data.resolve("events")))) {
            events.truncateFrom(events.firstEventSequence() + 2);
            assertEquals(events.firstEventSequence() + 1, events.lastEventSequence());
        }
        String kept = issued.get(PROCESSES).get(0);
        try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
            assertEquals(410, server.get("/api/v1/transfers/" + issued.get(1).get(0), KEY));
            assertEquals(200, server.get("/api/v1/transfers/" + kept, KEY));
            issue(server);
            String newest = issued.get(issued.size() - 1).get(0);
            assertEquals(200, await(server, "/api/v1/transfers/" + newest + "/receipt", 200));
            RealServer.Ended ended = server.terminate();
            assertEquals(0, ended.exitCode());
            assertTrue(ended.output().contains("it is kept in " + data.resolve("events.aside-1")), ended.output());
            assertFalse(list("events.aside-1", "archived").isEmpty());
        }
        good(data);
        try (RealServer server = RealServer.start(data, ENVIRONMENT)) {
            assertEquals(200, server.get("/api/v1/transfers/" + kept, KEY));
            RealServer.Ended ended = server.terminate();
            assertFalse(ended.output().contains("aside"), ended.output());
        }
    }

    @Test
    void aBaseThatIsDamagedIsReplacedBeforeAnythingGoes() throws Exception {
        long firstFile = list("journal", "archived").get(0).get("last_sequence").asLong();
        prune("--before", Long.toString(firstFile + 1), "--also-remembered", "--yes");
        assertEquals(1, list("journal", "pruned").size());
        Path base;
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            base = files.filter(file -> file.getFileName().toString().startsWith("base-"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(base);
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 8;
        Files.write(base, damaged);
        prune("--before", "1000", "--also-remembered", "--yes");
        assertEquals(PROCESSES - 1, list("journal", "pruned").size());
        assertArrayEquals(bytes, Files.readAllBytes(base));
        good(data);
    }

    @Test
    void nothingIsPrunedWithoutALimitOrWithFewerThanTwoGoodSnapshots() throws Exception {
        for (Object[] options : new Object[][] {
            {}, {"--before", "yesterday"}, {"--keep-days", "-1"}, {"--before", "3", "--keep-days", "3"}
        }) {
            List<Object> all = new ArrayList<>(List.of("archive", "prune", "--data", data));
            all.addAll(List.of(options));
            assertEquals(ExitCode.USAGE, Ran.scrip(all.toArray()).code());
        }
        assertEquals(
                ExitCode.USAGE,
                Ran.scrip("archive", "list", "--data", scratch.resolve("no")).code());
        prune("--before", "2000-01-01", "--yes");
        prune("--before", "2000-01-01T00:00:00Z", "--yes");
        prune("--keep-days", "9", "--yes");
        assertEquals(0, list("journal", "pruned").size());
        List<Path> snapshots;
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            snapshots = files.filter(file -> file.toString().endsWith(".scrip"))
                    .sorted()
                    .toList();
        }
        byte[] bytes = Files.readAllBytes(snapshots.get(0));
        bytes[bytes.length / 2] ^= 8;
        Files.write(snapshots.get(0), bytes);
        Ran refused = Ran.scrip("archive", "prune", "--data", data, "--before", "32", "--also-remembered", "--yes");
        assertEquals(ExitCode.FAILED, refused.code(), refused.toString());
        assertTrue(refused.err().contains("fewer than two"), refused.toString());
        assertEquals(PROCESSES - 1, list("journal", "archived").size());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
