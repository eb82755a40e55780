package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.EventLogConfig;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is looked at before anything goes for good, and what goes of event logs that were set aside. */
class PruningTest {
    private static final int PROCESSES = 4;
    private static final int COMMANDS = 200;
    private static final long SEED = 7;
    private static final long OTHER_SEED = 8;

    @TempDir
    private Path scratch;

    private Path data;
    private DataFolder folder;
    private SnapshotStore store;

    @BeforeEach
    void archive() throws Exception {
        data = scratch.resolve("data");
        TestLedger.stopped(data, PROCESSES, COMMANDS, SEED);
        folder = DataFolder.existing(data);
        store = new SnapshotStore(folder.snapshots(), 2);
        assertTrue(new Archiving(folder, folder.archive(), store).run() > 0);
    }

    private Pruning pruning() {
        return new Pruning(folder, (done, total) -> {});
    }

    private Pruning.Plan plan(long before) throws Exception {
        return pruning().plan(new PruneLimit(before, Long.MAX_VALUE), true);
    }

    private List<JsonNode> list(String part) {
        Ran ran = Ran.scrip("archive", "list", "--json", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        return ran.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(file -> file.get("part").asString().equals(part))
                .toList();
    }

    private List<String> states(String part) {
        return list(part).stream()
                .map(file -> file.get("state").asString())
                .distinct()
                .toList();
    }

    private SnapshotFile pruneSome() throws Exception {
        Pruning.Plan plan = plan(COMMANDS + 1);
        assertFalse(plan.isEmpty());
        pruning().execute(plan);
        return store.base();
    }

    @Test
    void aWholeBaseOfAnotherLedgerIsReplacedBeforeAnythingGoes() throws Exception {
        SnapshotFile base = pruneSome();
        byte[] own = Files.readAllBytes(base.path());
        Path other = scratch.resolve("other");
        TestLedger.stopped(other, PROCESSES - 1, COMMANDS, OTHER_SEED);
        SnapshotFile foreign =
                new SnapshotStore(other.resolve("snapshots"), 2).list().get(0);
        assertEquals(base.sequence(), foreign.sequence());
        Files.copy(foreign.path(), base.path(), StandardCopyOption.REPLACE_EXISTING);
        assertTrue(SnapshotStore.isIntact(store.base()), "by its checksums nothing is wrong with it");

        Pruning.Plan plan = plan(2 * COMMANDS + 1);
        assertFalse(plan.journal().isEmpty());
        pruning().execute(plan);
        assertArrayEquals(own, Files.readAllBytes(base.path()));
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
    }

    @Test
    void nothingGoesWhenTheBaseIsNoGoodAfterItWasMade() throws Exception {
        Pruning.Plan plan = plan(2 * COMMANDS + 1);
        assertFalse(plan.journal().isEmpty());
        // Between the plan and the deed.
        Path chosen = plan.base().path();
        byte[] bytes = Files.readAllBytes(chosen);
        bytes[bytes.length / 2] ^= 1;
        Files.write(chosen, bytes);
        Refusal refused = assertThrows(Refusal.class, () -> pruning().execute(plan));
        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertTrue(refused.getMessage().contains("nothing has been pruned"), refused.getMessage());
        assertFalse(states("journal").contains("pruned"));
        assertFalse(states("events").contains("pruned"));
    }

    @Test
    void filesOfAnEventLogThatWasSetAsideAreListedAndGoWithTheirCommands() throws Exception {
        pruning().execute(plan(2 * COMMANDS + 1));
        SnapshotFile oldest = store.list().get(1);
        try (ChronicleEventLog log = ChronicleEventLog.open(EventLogConfig.of(folder.events()))) {
            log.beginAfter(SnapshotStore.header(oldest).eventSequence());
        }
        assertEquals(List.of(), list("events"));
        List<JsonNode> aside = list("events.aside-1");
        assertEquals(List.of("pruned", "archived", "in_place"), states("events.aside-1"));
        assertTrue(aside.stream().allMatch(file -> file.get("set_aside").asBoolean()));
        assertTrue(
                list("journal").stream().noneMatch(file -> file.get("set_aside").asBoolean()));
        Ran text = Ran.scrip("archive", "list", "--data", data);
        assertTrue(
                text.out().lines().anyMatch(line -> line.matches("events\\.aside-1 .*archived in .*, set aside")),
                text.out());

        Path archived = Path.of(aside.get(1).get("path").asString());
        assertTrue(Files.exists(archived));
        Ran plan = Ran.scrip("archive", "prune", "--data", data, "--before", 3 * COMMANDS, "--also-remembered");
        assertTrue(plan.out().contains("events.aside-1"), plan.toString());
        assertTrue(Files.exists(archived), "only said so far");
        Ran done = Ran.scrip(
                "archive", "prune", "--data", data, "--before", 3 * COMMANDS, "--also-remembered", "--yes", "--json");
        assertEquals(ExitCode.OK, done.code(), done.toString());
        assertTrue(done.out().contains("\"part\":\"events.aside-1\",\"set_aside\":true"), done.toString());
        assertFalse(Files.exists(archived));
        assertEquals(List.of("pruned", "in_place"), states("events.aside-1"));
        Ran again = Ran.scrip("archive", "prune", "--data", data, "--before", 3 * COMMANDS, "--also-remembered");
        assertTrue(again.out().contains("nothing to prune"), again.toString());
    }

    @Test
    void aFolderThatACrashLeftBeforeItHeldAnythingIsPassedBy() throws Exception {
        Files.createDirectories(data.resolve("events.aside-1"));
        Files.createDirectories(data.resolve("events.aside-of-mine"));
        assertEquals(List.of(), list("events.aside-1"));
        assertFalse(plan(COMMANDS + 1).isEmpty());
    }
}
