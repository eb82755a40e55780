package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forced, and when: what a power cut may not take must be on the device before anybody relies on it. */
class JournalDurabilityTest {
    private static final Locale DEFAULT = Locale.getDefault();

    @TempDir
    Path temp;

    private final Recorder device = new Recorder();

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(DEFAULT);
    }

    private Path folder() {
        return temp.resolve("journal");
    }

    private ChronicleJournal open(long rollSizeBytes) {
        return ChronicleJournal.open(JournalRig.config(folder(), rollSizeBytes), JournalRig.PLENTY, device);
    }

    /** Writes down each force by what was forced; can be told to fail at one of them. */
    private static final class Recorder implements Device {
        final List<String> forces = new ArrayList<>();
        String failing = "";

        @Override
        public void force(FileChannel file, boolean metadata) throws IOException {
            file.force(metadata);
        }

        @Override
        public void force(FileChannel channel, boolean metadata, Path path) {
            String name = path.getFileName() + (metadata ? " with its length" : "");
            forces.add(name);
            if (name.equals(failing)) {
                throw new JournalFailure(JournalFailure.Kind.DEVICE, "the device refused to flush " + path);
            }
            Device.super.force(channel, metadata, path);
        }
    }

    private static void assertInOrder(List<String> forces, String... wanted) {
        int at = 0;
        for (String want : wanted) {
            int found = forces.subList(at, forces.size()).indexOf(want);
            assertTrue(found >= 0, want + " is not forced in its place: " + forces);
            at += found + 1;
        }
    }

    @Test
    void aNewJournalIsFoundAgainBeforeItsFirstRecordCounts() {
        try (ChronicleJournal journal = open(1 << 20)) {
            journal.startWriting();
            assertInOrder(
                    device.forces,
                    "manifest.tmp with its length",
                    "journal with its length",
                    "19700101-00LS.cq4 with its length",
                    "metadata.cq4t with its length",
                    "generation-000001 with its length",
                    "journal with its length",
                    "manifest.tmp with its length",
                    "journal with its length");
            assertTrue(device.forces.contains(temp.getFileName() + " with its length"), device.forces.toString());
        }
    }

    @Test
    void aRollForcesTheOldFileAndEverythingAboutTheNewOne() {
        try (ChronicleJournal journal = open(70_000)) {
            journal.startWriting();
            device.forces.clear();
            while (device.forces.stream().noneMatch(force -> force.startsWith("19700101-01LS.cq4"))) {
                JournalRig.append(journal, 1);
            }
            assertInOrder(
                    device.forces,
                    "19700101-00LS.cq4",
                    "19700101-01LS.cq4 with its length",
                    "metadata.cq4t with its length",
                    "generation-000001 with its length",
                    "journal with its length",
                    "manifest.tmp with its length",
                    "journal with its length");
        }
    }

    @Test
    void aBatchIsOneForceAndNothingToForceIsNone() {
        try (ChronicleJournal journal = open(1 << 20)) {
            journal.startWriting();
            device.forces.clear();
            JournalRig.append(journal, 100);
            journal.force();
            journal.force();
            assertEquals(List.of("19700101-00LS.cq4"), device.forces);
            journal.onIdle();
            journal.onIdle();
            assertEquals(2, device.forces.size(), "one seal, forced once");
        }
    }

    @Test
    void recordsOfAKilledProcessAreForcedBeforeAnybodySeesThem() throws IOException {
        Path live = temp.resolve("live");
        try (ChronicleJournal journal = JournalRig.open(live)) {
            JournalRig.append(journal, 10);
            JournalRig.copy(live, folder());
        }
        try (ChronicleJournal journal = open(1 << 20)) {
            assertEquals(10, journal.lastSequence());
            assertInOrder(device.forces, "19700101-00LS.cq4 with its length", "generation-000001 with its length");
        }
    }

    @Test
    void anyForceThatFailsIsTheLast() {
        for (String failing : List.of(
                "19700101-00LS.cq4 with its length",
                "metadata.cq4t with its length",
                "generation-000001 with its length",
                "manifest.tmp with its length",
                "journal with its length")) {
            Recorder recorder = new Recorder();
            recorder.failing = failing;
            Path path = temp.resolve(failing.replace(' ', '-')).resolve("journal");
            ChronicleJournal journal =
                    ChronicleJournal.open(JournalRig.config(path, 1 << 20), JournalRig.PLENTY, recorder);
            assertThrows(JournalFailure.class, journal::startWriting, failing);
            int forces = recorder.forces.size();
            assertThrows(JournalFailure.class, () -> JournalRig.append(journal, 1));
            assertThrows(JournalFailure.class, journal::force);
            journal.close();
            assertEquals(forces, recorder.forces.size(), failing + ": " + recorder.forces);
        }
    }

    @Test
    void theLanguageOfTheMachineHasNoSay() throws IOException {
        for (String language : List.of("en", "ar-EG-u-nu-arab", "th-TH-u-nu-thai", "tr-TR", "fa-IR")) {
            Locale.setDefault(Locale.forLanguageTag(language));
            try (ChronicleJournal journal = open(1 << 20)) {
                JournalRig.replay(journal);
                JournalRig.append(journal, 10);
                journal.force();
            }
        }
        assertEquals(50, JournalRig.find(folder()));
        assertTrue(Files.exists(folder().resolve("generation-000005")));
        assertFalse(device.forces.isEmpty());
    }
}
