package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of file injured in every way: each injury must be seen, and the file named. */
class VerifyDamageTest {
    private static final int COMMANDS = 300;
    private static final int FLIPS = 9;

    @TempDir
    private Path scratch;

    private Path data;
    private Path older;
    private List<Path> journal;
    private List<Path> events;
    private final List<String> unseen = new ArrayList<>();
    private int injuries;

    @BeforeEach
    void makeALedger() throws IOException {
        data = scratch.resolve("data");
        older = scratch.resolve("older");
        TestLedger.stopped(data, older, COMMANDS);
        journal = dataFiles("journal");
        events = dataFiles("events");
        assertTrue(journal.size() >= 6 && events.size() >= 2, journal + " " + events);
    }

    @Test
    void everyInjuryOfAJournalFileIsNamed() throws IOException {
        for (Path file : List.of(journal.get(0), journal.get(1), journal.get(journal.size() - 1))) {
            injureData(file, ExitCode.JOURNAL_DAMAGED);
            swap(file, journal.get(2), ExitCode.JOURNAL_DAMAGED);
        }
        assertAllSeen(50);
    }

    @Test
    void everyInjuryOfAnEventFileIsNamed() throws IOException {
        for (Path file : events) {
            injureData(file, ExitCode.FAILED);
        }
        swap(events.get(0), events.get(1), ExitCode.FAILED);
        assertAllSeen(30);
    }

    @Test
    void everyInjuryOfAManifestIsNamed() throws IOException {
        for (String part : List.of("journal", "events")) {
            Path file = data.resolve(part).resolve("manifest");
            byte[] good = Files.readAllBytes(file);
            for (int at = 0; at < good.length; at += 1 + good.length / 60) {
                injure(file, flipped(good, at), null, "byte " + at + " flipped");
            }
            injure(file, Arrays.copyOf(good, good.length / 2), null, "cut");
            injure(file, new byte[good.length], null, "zeroed");
            injure(file, new byte[0], null, "emptied");
            injure(file, null, null, "deleted");
            injure(file, appended(good), null, "appended to");
            Path other =
                    data.resolve(part.equals("journal") ? "events" : "journal").resolve("manifest");
            swap(file, other, null);
            injure(file, Files.readAllBytes(older.resolve(part).resolve("manifest")), null, "an older copy");
        }
        assertAllSeen(120);
    }

    @Test
    void everyInjuryOfTheProofIsNamed() throws IOException {
        Path statements = data.resolve("proof/statements");
        Path key = data.resolve("proof/signing.key");
        for (Path file : List.of(statements, key)) {
            byte[] good = Files.readAllBytes(file);
            for (int at = 0; at < good.length - 1; at += 1 + good.length / 50) {
                injure(file, flipped(good, at), ExitCode.FAILED, "byte " + at + " flipped");
            }
            injure(file, Arrays.copyOf(good, good.length - 40), ExitCode.FAILED, "cut");
            injure(file, new byte[good.length], ExitCode.FAILED, "zeroed");
            injure(file, null, ExitCode.FAILED, "deleted");
            injure(file, appended(good), ExitCode.FAILED, "appended to");
        }
        swap(statements, key, ExitCode.FAILED);
        assertAllSeen(70);
    }

    @Test
    void everyInjuryOfASnapshotIsNamed() throws IOException {
        List<Path> snapshots = TestLedger.files(data.resolve("snapshots"));
        assertEquals(2, snapshots.size());
        for (Path file : snapshots) {
            byte[] good = Files.readAllBytes(file);
            for (int at = 0; at < good.length; at += 1 + good.length / 60) {
                injure(file, flipped(good, at), ExitCode.FAILED, "byte " + at + " flipped");
            }
            injure(file, Arrays.copyOf(good, good.length / 2), ExitCode.FAILED, "cut");
            injure(file, new byte[good.length], ExitCode.FAILED, "zeroed");
            injure(file, new byte[0], ExitCode.FAILED, "emptied");
            injure(file, appended(good), ExitCode.FAILED, "appended to");
        }
        swap(snapshots.get(0), snapshots.get(1), ExitCode.FAILED);
        assertAllSeen(100);
    }

    @Test
    void aSnapshotBeyondTheJournalIsNamed() throws IOException {
        Path newer = TestLedger.files(data.resolve("snapshots")).get(1);
        Files.copy(newer, older.resolve("snapshots").resolve(newer.getFileName()));
        Ran ran = Ran.scrip("verify", "--data", older);
        assertEquals(ExitCode.JOURNAL_DAMAGED, ran.code(), ran.toString());
        assertTrue(ran.out().contains(newer.getFileName().toString()), ran.toString());
    }

    /** An older copy of the statements is a true one: that newer ones are missing is said, and no damage. */
    @Test
    void olderStatementsAreSaidToEndEarly() throws IOException {
        Files.copy(
                older.resolve("proof/statements"),
                data.resolve("proof/statements"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertTrue(ran.out().contains("are not signed yet"), ran.toString());
    }

    @Test
    void anOlderJournalBesideNewerEventsIsNamed() throws IOException {
        for (Path file : TestLedger.files(data.resolve("journal"))) {
            Files.delete(file);
        }
        for (Path file : TestLedger.files(older.resolve("journal"))) {
            Path target = data.resolve(older.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.JOURNAL_DAMAGED, ran.code(), ran.toString());
        assertTrue(ran.out().contains("the journal has lost its end"), ran.toString());
    }

    @Test
    void damageNamesFileByteSequenceAndWhatToDo() throws IOException {
        Path file = journal.get(1);
        byte[] good = Files.readAllBytes(file);
        Files.write(file, flipped(good, endOf(good) - 200));
        Ran ran = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.JOURNAL_DAMAGED, ran.code(), ran.toString());
        assertTrue(
                ran.out()
                        .matches("(?s).*DAMAGED    journal: .*" + file.getFileName()
                                + " at byte \\d+, sequence \\d+: .*"),
                ran.toString());
        assertTrue(ran.out().contains(Finding.Part.JOURNAL.advice()), ran.toString());
        Ran json = Ran.scrip("verify", "--json", "--data", data);
        assertTrue(json.out().contains("\"file\":\"" + file), json.toString());
        assertTrue(json.out().matches("(?s).*\"byte\":\\d+,\"sequence\":\\d+.*"), json.toString());
    }

    private void injureData(Path file, ExitCode code) throws IOException {
        byte[] good = Files.readAllBytes(file);
        int begin = firstRecord(file);
        int end = endOf(good);
        for (int i = 0; i < FLIPS; i++) {
            int at = begin + (int) ((long) (end - begin) * i / FLIPS);
            injure(file, flipped(good, at), code, "byte " + at + " flipped");
        }
        injure(file, Arrays.copyOf(good, (begin + end) / 2), code, "cut in the middle");
        injure(file, Arrays.copyOf(good, end - 9), code, "cut at the end");
        injure(file, new byte[0], code, "emptied");
        byte[] zeroed = good.clone();
        Arrays.fill(zeroed, (begin + end) / 2, (begin + end) / 2 + 64, (byte) 0);
        injure(file, zeroed, code, "64 bytes zeroed");
        injure(file, new byte[good.length], code, "all zeroed");
        injure(file, null, code, "deleted");
        injure(file, appended(good), code, "appended to");
        byte[] behind = good.clone();
        behind[end + 100] = 1;
        injure(file, behind, code, "a byte behind the end");
        byte[] before = good.clone();
        Arrays.fill(before, end - 700, end, (byte) 0);
        injure(file, before, code, "an older copy");
    }

    private void swap(Path first, Path second, ExitCode code) throws IOException {
        byte[] one = Files.readAllBytes(first);
        byte[] two = Files.readAllBytes(second);
        Files.write(second, one);
        injure(first, two, code, "swapped with " + second.getFileName());
        Files.write(second, two);
    }

    /** @param code null: any that is not 0 */
    private void injure(Path file, byte[] bad, ExitCode code, String how) throws IOException {
        byte[] good = Files.readAllBytes(file);
        if (bad == null) {
            Files.delete(file);
        } else {
            Files.write(file, bad);
        }
        Ran ran = Ran.scrip("verify", "--data", data);
        injuries++;
        // A key or a statement that does not fit shows at the other of the two; a file in another's place, there.
        boolean proof = file.startsWith(data.resolve("proof"));
        String named = proof ? data.resolve("proof").toString() : file.toString();
        boolean other = how.startsWith("swapped") || how.startsWith("an older");
        boolean seen = ran.code() == (code == null ? ran.code() : code)
                && ran.code() != ExitCode.OK
                && ran.code() != ExitCode.INTERNAL
                && (ran.toString().contains(named) || (other && ran.toString().contains(data.toString())));
        if (!seen) {
            unseen.add(data.relativize(file) + " " + how + ": " + ran);
        }
        Files.write(file, good);
    }

    private void assertAllSeen(int atLeast) {
        assertEquals(List.of(), unseen);
        assertTrue(injuries >= atLeast, injuries + " injuries");
        assertEquals(ExitCode.OK, Ran.scrip("verify", "--data", data).code());
    }

    private List<Path> dataFiles(String part) throws IOException {
        return TestLedger.files(data.resolve(part)).stream()
                .filter(file -> file.toString().endsWith(".cq4"))
                .toList();
    }

    private static byte[] flipped(byte[] good, int at) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << at % 7);
        return bad;
    }

    private static byte[] appended(byte[] good) {
        byte[] bad = Arrays.copyOf(good, good.length + 5);
        Arrays.fill(bad, good.length, bad.length, (byte) 'x');
        return bad;
    }

    /** Behind Chronicle's own documents, whose content nobody reads. */
    private static int firstRecord(Path file) throws IOException {
        java.nio.ByteBuffer bytes =
                java.nio.ByteBuffer.wrap(Files.readAllBytes(file)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while ((bytes.getInt(at) & 0x4000_0000) != 0) {
            at += 4 + ((bytes.getInt(at) & 0x3fff_ffff) + 3 & ~3);
        }
        return at;
    }

    /** Of the records: Chronicle's mark for the end of a file may follow. */
    private static int endOf(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        boolean marked = bytes[end - 1] == 'F' && bytes[end - 2] == 'O' && bytes[end - 3] == 'E';
        return marked ? end - 8 : end;
    }
}
