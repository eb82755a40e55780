package io.scrip.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts the system calls of a process with {@code strace -c}, from {@link #of} until it is closed. */
final class SystemCalls implements AutoCloseable {
    private static final int TIMEOUT_S = 30;
    private static final int SHOWN = 5;

    private final Process strace;
    private final Path summary;
    private final Map<String, Long> calls = new HashMap<>();

    private SystemCalls(Process strace, Path summary) {
        this.strace = strace;
        this.summary = summary;
    }

    /** @throws IOException when there is no {@code strace} or it may not trace */
    static SystemCalls of(long pid) throws IOException {
        if (!Programs.isThere("strace")) {
            throw new IOException("needs strace");
        }
        Path summary = Files.createTempFile("scrip-bench-", ".strace");
        summary.toFile().deleteOnExit();
        Process strace = new ProcessBuilder("strace", "-f", "-c", "-p", String.valueOf(pid), "-o", summary.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader said = strace.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.contains("attached")) {
            strace.destroyForcibly();
            Files.deleteIfExists(summary);
            throw new IOException("strace cannot trace here: " + line);
        }
        return new SystemCalls(strace, summary);
    }

    /** Flushes of the journal and of whatever else is flushed. */
    long forces() {
        return calls.getOrDefault("fdatasync", 0L) + calls.getOrDefault("fsync", 0L) + calls.getOrDefault("msync", 0L);
    }

    long all() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The most frequent, for each request. */
    String most(double requests) {
        return calls.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(SHOWN)
                .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue() / requests))
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() throws IOException {
        try {
            // SIGTERM makes it detach and write the summary.
            strace.destroy();
            if (!strace.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IOException("strace did not end");
            }
            List<String> lines = Files.readAllLines(summary);
            for (String line : lines) {
                count(line, calls);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            strace.destroyForcibly();
            Files.deleteIfExists(summary);
        }
    }

    /** A line of the table: % time, seconds, µs per call, calls, perhaps errors, name. */
    static void count(String line, Map<String, Long> into) {
        String[] words = line.strip().split("\\s+");
        boolean isRow = words.length >= 5 && words[0].matches("[0-9.]+") && words[3].matches("\\d+");
        if (isRow && !words[words.length - 1].equals("total")) {
            into.merge(words[words.length - 1], Long.parseLong(words[3]), Long::sum);
        }
    }
}
