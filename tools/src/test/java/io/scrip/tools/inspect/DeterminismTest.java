package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.tools.EveryKindOfCommand;
import io.scrip.tools.RealJava;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heap, collector, language, time zone and the seed of identity hashes must reach neither the state nor its file. */
@Timeout(300)
class DeterminismTest {
    private static final int COMMANDS_OF_EACH_PROCESS = 26_000;
    private static final int HASH_EVERY = 10_000;

    private static final List<String> ONE = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Pacific/Kiritimati",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2");
    private static final List<String> OTHER = List.of(
            "-Xmx700m",
            "-XX:+UseG1GC",
            "-Xint",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.timezone=America/St_Johns",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=5",
            "-Dfile.encoding=UTF-16");
    private static final List<String> THIRD = List.of("-Xmx400m", "-XX:+UseParallelGC", "-Duser.language=th");

    private static final int HEADER_BYTES = 192;
    private static final int FOOTER_BYTES = 16;

    @TempDir
    private Path scratch;

    private Path data;

    @Test
    void differentVirtualMachinesDeriveTheSameStatesAndWriteTheSameSnapshot() throws Exception {
        data = scratch.resolve("data");
        LedgerProcessor core =
                TestLedger.stopped(data, COMMANDS_OF_EACH_PROCESS, TestLedger.LARGE_FILES, new EveryKindOfCommand());
        List<String> hashes = hashes(ONE);
        assertEquals(2 * COMMANDS_OF_EACH_PROCESS / HASH_EVERY + 1, hashes.size(), hashes.toString());
        assertEquals("state hash " + InspectText.hash(core.stateHash()), hashes.get(hashes.size() - 1));
        assertEquals(hashes, hashes(OTHER));
        byte[] whileItRan = snapshot();
        byte[] written = snapshotBy(ONE);
        assertArrayEquals(written, snapshotBy(THIRD));
        assertArrayEquals(state(whileItRan), state(written), "the header alone says more: what is on the device");
    }

    private static byte[] state(byte[] snapshot) {
        return Arrays.copyOfRange(snapshot, HEADER_BYTES, snapshot.length - FOOTER_BYTES);
    }

    private List<String> hashes(List<String> flags) throws Exception {
        String every = Integer.toString(HASH_EVERY);
        RealJava.Ended ended = RealJava.scrip(flags, "replay", "--data", data.toString(), "--hash-every", every);
        assertEquals(0, ended.exitCode(), ended.output());
        List<String> hashes = new ArrayList<>();
        ended.output().lines().filter(line -> line.contains("hash ")).forEach(hashes::add);
        return hashes;
    }

    /** Made from the first record on, for there is no older one. */
    private byte[] snapshotBy(List<String> flags) throws Exception {
        for (Path old : snapshots()) {
            Files.delete(old);
        }
        RealJava.Ended ended = RealJava.scrip(flags, "snapshot", "create", "--data", data.toString());
        assertEquals(0, ended.exitCode(), ended.output());
        return snapshot();
    }

    private byte[] snapshot() throws IOException {
        List<Path> found = snapshots();
        assertTrue(!found.isEmpty());
        return Files.readAllBytes(found.get(found.size() - 1));
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("snapshots"))) {
            return files.sorted().toList();
        }
    }
}
