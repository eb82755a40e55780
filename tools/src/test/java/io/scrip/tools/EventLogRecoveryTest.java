package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.LocalServer.Wallet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The event log is derived: whatever is done to it, the next start makes it again, to the byte, and says so. */
@Timeout(180)
class EventLogRecoveryTest {
    private static final String EVENTS = "/api/v1/events?follow=false&commands=true";

    @TempDir
    private Path scratch;

    private Path data;
    private String events;

    @BeforeEach
    void writeSome() {
        data = scratch.resolve("data");
        try (LocalServer server = new LocalServer(data)) {
            Wallet ann = server.open("agent:ann");
            Wallet ben = server.open("agent:ben");
            server.issue(ann, "100");
            for (int i = 0; i < 50; i++) {
                assertEquals(
                        201,
                        server.transfer(ann, ann, ben, "1", LocalServer.newId()).status());
            }
            assertEquals(
                    402,
                    server.transfer(ann, ann, ben, "1000", LocalServer.newId()).status());
            events = server.get(LocalServer.OPERATOR, EVENTS).body();
        }
    }

    /** Starts again, holds every event against what it was, and goes on; returns what the start said. */
    private String startAgain() {
        String told;
        try (LocalServer server = new LocalServer(data)) {
            assertEquals(events, server.get(LocalServer.OPERATOR, EVENTS).body());
            told = server.told();
            Wallet eve = server.open("agent:eve");
            server.issue(eve, "3");
            events = server.get(LocalServer.OPERATOR, EVENTS).body();
        }
        try (LocalServer server = new LocalServer(data)) {
            assertEquals(events, server.get(LocalServer.OPERATOR, EVENTS).body());
            List<String> toldNow = server.told()
                    .lines()
                    .filter(line -> !line.startsWith("scrip: threads for "))
                    .toList();
            assertEquals(List.of(), toldNow);
        }
        return told;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("events"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path eventFile() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".cq4"))
                .findFirst()
                .orElseThrow();
    }

    /** Where the text first stands in the file. */
    private static long find(Path file, String text) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] start = new byte[1 << 20];
            int length = bytes.read(start);
            int at = new String(start, 0, length, StandardCharsets.ISO_8859_1).indexOf(text);
            assertTrue(at > 0, text + " is not in " + file);
            return at;
        }
    }

    @Test
    void withoutItsFolderItIsMadeAnew() throws Exception {
        for (Path file : files()) {
            Files.delete(file);
        }
        startAgain();
    }

    @Test
    void aFileThatWasCutIsCompleted() throws Exception {
        Path file = eventFile();
        long inTheMiddle = find(file, "order 7") + 8_000;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(inTheMiddle);
        }
        startAgain();
    }

    @Test
    void aFlippedByteIsFoundAndNamedAndTheRestIsMadeAnew() throws Exception {
        Path file = eventFile();
        long at = find(file, "order 7") + 2;
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int before = bytes.read();
            bytes.seek(at);
            bytes.write(before ^ 1);
        }
        String told = startAgain();
        assertTrue(told.contains("rebuilt from event "), "told: " + told);
        assertTrue(told.contains(file + " at byte "), "told: " + told);
    }

    @Test
    void aFileThatIsMissingIsMadeAnew() throws Exception {
        Files.delete(eventFile());
        startAgain();
    }
}
