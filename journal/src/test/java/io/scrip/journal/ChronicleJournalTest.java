package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleJournalTest {
    @TempDir
    Path temp;

    private Path folder() {
        return temp.resolve("journal");
    }

    @Test
    void whatWasAppendedIsReplayedAfterManyStarts() {
        for (int start = 0; start < 5; start++) {
            try (ChronicleJournal journal = JournalRig.open(folder())) {
                assertEquals(start * 50L, JournalRig.replay(journal));
                JournalRig.append(journal, 50);
                journal.force();
            }
        }
        assertEquals(250, JournalRig.find(folder()));
    }

    @Test
    void oneThreadMayBeginAnotherAppendAndAThirdClose() throws InterruptedException {
        ChronicleJournal journal = JournalRig.open(folder());
        journal.startWriting();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        for (Runnable step : List.<Runnable>of(
                () -> {
                    JournalRig.append(journal, 50);
                    journal.force();
                },
                journal::close)) {
            Thread thread = new Thread(step);
            thread.setUncaughtExceptionHandler((where, fault) -> failed.set(fault));
            thread.start();
            thread.join();
        }
        assertNull(failed.get());
        assertEquals(50, JournalRig.find(folder()));
    }

    @Test
    void filesRollBySizeAndTheClockHasNoSay() throws IOException {
        try (ChronicleJournal journal = JournalRig.open(folder(), 4_000)) {
            JournalRig.append(journal, 500);
            journal.force();
        }
        assertTrue(JournalRig.dataFiles(folder()).size() > 15);
        assertEquals(500, JournalRig.find(folder()));
    }

    @Test
    void aCommandLongerThanABlockComesBackWhole() {
        byte[] bytes = new byte[2_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            journal.append(1, 5, new UnsafeBuffer(bytes), 0, bytes.length);
            journal.append(2, 6, new UnsafeBuffer(bytes), 10, 100);
            journal.force();
        }
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            long count = journal.replay(
                    1,
                    (sequence, timestampNs, buffer, offset, length) -> assertEquals(
                            new UnsafeBuffer(bytes, sequence == 1 ? 0 : 10, sequence == 1 ? bytes.length : 100),
                            new UnsafeBuffer(buffer, offset, length)));
            assertEquals(2, count);
        }
    }

    @Test
    void replayBeginsWhereItIsTold() {
        try (ChronicleJournal journal = JournalRig.open(folder(), 4_000)) {
            JournalRig.append(journal, 300);
            journal.force();
        }
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            long[] first = {0};
            assertEquals(
                    101,
                    journal.replay(
                            200,
                            (sequence, timestampNs, buffer, offset, length) ->
                                    first[0] = first[0] == 0 ? sequence : first[0]));
            assertEquals(200, first[0]);
        }
    }

    @Test
    void aProcessKilledAtAnyMomentLosesNothingThatWasForced() throws IOException {
        try (ChronicleJournal journal = JournalRig.open(folder(), 6_000)) {
            for (int step = 0; step < 25; step++) {
                JournalRig.append(journal, 1 + step % 7);
                journal.force();
                long forced = journal.lastSequence();
                JournalRig.append(journal, step % 4);
                if (step % 5 == 0) {
                    journal.force();
                    journal.onIdle();
                }
                Path image = temp.resolve("image" + step);
                JournalRig.copy(folder(), image);
                try (ChronicleJournal restarted = JournalRig.open(image, 6_000)) {
                    assertTrue(restarted.lastSequence() >= forced);
                    assertEquals(restarted.lastSequence(), JournalRig.replay(restarted));
                    JournalRig.append(restarted, 3);
                    restarted.force();
                }
                assertEquals(journal.lastSequence() + 3, JournalRig.find(image));
            }
        }
    }

    @Test
    void aSecondWriterIsRefusedAndChangesNothing() {
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            JournalRig.append(journal, 3);
            JournalFailure refused = assertThrows(JournalFailure.class, () -> JournalRig.open(folder()));
            assertEquals(Kind.LOCKED, refused.kind());
            assertTrue(refused.getMessage().contains(folder().toString()));
            JournalRig.append(journal, 3);
            journal.force();
        }
        assertEquals(6, JournalRig.find(folder()));
    }

    @Test
    void aFolderOfSomethingElseAndOneOfANewerVersionAreRefused() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("holiday.jpg"), "x");
        assertEquals(
                Kind.UNREADABLE,
                assertThrows(JournalFailure.class, () -> JournalRig.open(folder()))
                        .kind());
        Files.delete(folder().resolve("holiday.jpg"));
        Files.writeString(folder().resolve("manifest"), "scrip-journal 2\n");
        assertEquals(
                Kind.UNREADABLE,
                assertThrows(JournalFailure.class, () -> JournalRig.open(folder()))
                        .kind());
    }

    @Test
    void afterAForceThatFailedNothingSucceedsAnyMore() {
        boolean[] broken = {false};
        int[] forces = {0};
        Device device = (file, metadata) -> {
            if (broken[0]) {
                forces[0]++;
                throw new IOException("Input/output error");
            }
        };
        ChronicleJournal journal =
                ChronicleJournal.open(JournalRig.config(folder(), 1 << 20), JournalRig.PLENTY, device);
        JournalRig.append(journal, 3);
        journal.force();
        JournalRig.append(journal, 1);
        broken[0] = true;
        assertEquals(
                Kind.DEVICE, assertThrows(JournalFailure.class, journal::force).kind());
        broken[0] = false;
        assertThrows(JournalFailure.class, journal::force);
        assertThrows(JournalFailure.class, () -> JournalRig.append(journal, 1));
        assertThrows(JournalFailure.class, () -> journal.hasRoom(1));
        assertEquals(1, forces[0], "a force that failed is not tried again");
        journal.close();
        assertTrue(JournalRig.find(folder()) >= 3);
    }

    @Test
    void whatAKilledProcessDidNotForceIsWrittenAgainBeforeItIsForced() throws IOException {
        Path killed = temp.resolve("killed");
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            JournalRig.append(journal, 20);
            journal.force();
            JournalRig.append(journal, 20);
            journal.force();
            JournalRig.append(journal, 5);
            JournalRig.copy(folder(), killed);
        }
        List<String> done = new ArrayList<>();
        long[] rewritten = new long[2];
        Device device = new Device() {
            @Override
            public void force(FileChannel file, boolean metadata) throws IOException {
                done.add("force");
                file.force(metadata);
            }

            @Override
            public void rewrite(Path file, long fromBytes, long toBytes) {
                done.add("rewrite");
                rewritten[0] = fromBytes;
                rewritten[1] = toBytes;
                Device.super.rewrite(file, fromBytes, toBytes);
            }
        };
        Path file = JournalRig.dataFiles(killed).get(0);
        byte[] before = Files.readAllBytes(file);
        try (ChronicleJournal journal =
                ChronicleJournal.open(JournalRig.config(killed, 1 << 20), FreeSpace.ofFileSystem(), device)) {
            assertEquals(List.of("rewrite", "force"), done.subList(0, 2));
            assertArrayEquals(before, Files.readAllBytes(file));
            assertEquals(45, JournalRig.replay(journal));
        }
        long unforcedBytes = 0;
        for (long sequence = 41; sequence <= 45; sequence++) {
            unforcedBytes += JournalRig.command(sequence).capacity();
        }
        long lengthBytes = rewritten[1] - rewritten[0];
        assertTrue(lengthBytes > unforcedBytes, "rewritten: " + lengthBytes + " of " + unforcedBytes);
        assertTrue(lengthBytes < rewritten[1] / 2, "not only what is not proved: " + lengthBytes);
    }

    @Test
    void withoutRoomItSaysSoAndWithRoomAgainItGoesOn() {
        long[] free = {1L << 30};
        JournalConfig config =
                new JournalConfig(folder(), DurabilityMode.SYNC, 256 << 10, 1 << 20, 64 << 20, 1 << 20, 0);
        try (ChronicleJournal journal = ChronicleJournal.open(config, path -> free[0], JournalRig.QUICK)) {
            assertTrue(journal.hasRoom(100));
            JournalRig.append(journal, 3);
            free[0] = 50 << 20;
            int accepted = 0;
            while (journal.hasRoom(200) && accepted < 10_000) {
                JournalRig.append(journal, 1);
                accepted++;
            }
            assertFalse(journal.hasRoom(200));
            assertFalse(Files.exists(folder().resolve(LogFolder.BALLAST_NAME)), "the ballast is given back");
            free[0] = 1L << 30;
            assertTrue(journal.hasRoom(200));
            JournalRig.append(journal, 1);
        }
    }

    @Test
    void aDiskThatSomebodyElseFillsIsNoticedAfterAWhile() throws IOException {
        long[] free = {1L << 30};
        long[] nowNs = {0};
        JournalConfig config = new JournalConfig(
                folder(), DurabilityMode.SYNC, 256 << 10, 1 << 20, 64 << 20, 1 << 20, SpaceReserve.HOLDS_NS / 2);
        Surroundings clocked = clocked(nowNs);
        try (ChronicleJournal journal = ChronicleJournal.open(config, path -> free[0], clocked, List.of())) {
            assertTrue(journal.hasRoom(100));
            JournalRig.append(journal, 1);
            journal.force();
            free[0] = 0;
            nowNs[0] += SpaceReserve.HOLDS_NS - 1;
            journal.force();
            assertTrue(journal.hasRoom(100), "the answer still holds");
            nowNs[0]++;
            byte[] before = Files.readAllBytes(JournalRig.dataFiles(folder()).get(0));
            journal.onIdle();
            assertFalse(journal.hasRoom(100));
            assertArrayEquals(
                    before, Files.readAllBytes(JournalRig.dataFiles(folder()).get(0)), "nothing is sealed, either");
            free[0] = 1L << 30;
            assertTrue(journal.hasRoom(100));
            journal.onIdle();
            assertFalse(java.util.Arrays.equals(
                    before, Files.readAllBytes(JournalRig.dataFiles(folder()).get(0))));
            JournalRig.append(journal, 1);
            free[0] = 0;
            nowNs[0] += SpaceReserve.HOLDS_NS;
            journal.force();
            assertFalse(journal.hasRoom(100), "between batches, too");
        }
    }

    /** The real ones, but for the clock. */
    private static Surroundings clocked(long[] nowNs) {
        return new Surroundings() {
            @Override
            public DocumentWriter createQueue(Path folder, int blockSizeBytes) {
                return REAL.createQueue(folder, blockSizeBytes);
            }

            @Override
            public ByteBuffer map(Path file) {
                return REAL.map(file);
            }

            @Override
            public void extend(Path file, long lengthBytes) {
                REAL.extend(file, lengthBytes);
            }

            @Override
            public int newEpoch() {
                return REAL.newEpoch();
            }

            @Override
            public long nanoTime() {
                return nowNs[0];
            }
        };
    }

    @Test
    void oneThreadMayOpenItAnotherWriteItAndAThirdCloseIt() throws InterruptedException {
        ChronicleJournal journal = JournalRig.open(folder(), 4_000);
        journal.startWriting();
        Throwable[] failed = new Throwable[1];
        Thread writer = new Thread(() -> {
            try {
                JournalRig.append(journal, 200);
                journal.force();
                journal.onIdle();
            } catch (Throwable wrong) {
                failed[0] = wrong;
            }
        });
        writer.start();
        writer.join(30_000);
        assertEquals(null, failed[0]);
        journal.close();
        assertEquals(200, JournalRig.find(folder()));
    }

    @Test
    void sequencesAndTimesThatDoNotFollowAreRefused() {
        try (ChronicleJournal journal = JournalRig.open(folder())) {
            JournalRig.append(journal, 2);
            UnsafeBuffer command = JournalRig.command(3);
            assertThrows(IllegalArgumentException.class, () -> journal.append(4, 9_000, command, 0, 10));
            assertThrows(IllegalArgumentException.class, () -> journal.append(3, 2_000, command, 0, 10));
        }
    }

    @Test
    void chronicleDoesNotPhoneHome() {
        ChronicleSetup.apply();
        assertEquals("true", System.getProperty("chronicle.analytics.disable"));
        assertThrows(
                ClassNotFoundException.class,
                () -> Class.forName(
                        "net.openhft.chronicle.analytics.Analytics",
                        false,
                        getClass().getClassLoader()));
    }
}
