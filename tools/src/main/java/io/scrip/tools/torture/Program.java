package io.scrip.tools.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another command of this program, run in a process of its own to its end; it ends with one line of JSON. */
final class Program {
    private static final int LONGEST_H = 12;

    private final List<String> command;
    private final Path folder;
    private final Consumer<String> progress;

    Program(List<String> program, Path folder, Consumer<String> progress, String... arguments) {
        command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        this.folder = folder;
        this.progress = progress;
    }

    /** Its last line. */
    JsonNode run() throws IOException, InterruptedException {
        Process process = Interruption.start(
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true));
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!last.isEmpty()) {
                    progress.accept(last);
                }
                last = line;
            }
            if (!process.waitFor(LONGEST_H, TimeUnit.HOURS)) {
                throw new IOException(command + " did not end");
            }
        } finally {
            process.destroyForcibly();
        }
        try {
            return JsonMapper.shared().readTree(last);
        } catch (JacksonException e) {
            throw new IOException("it ended with " + process.exitValue() + ": " + last, e);
        }
    }
}
