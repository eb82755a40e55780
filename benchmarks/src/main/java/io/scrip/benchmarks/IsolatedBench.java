package io.scrip.benchmarks;

import io.scrip.tools.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A subject in a Java of its own, so that no subject runs on what another has left of the heap and of the compiler's
 * opinions, and none takes the others with it when it fails.
 */
record IsolatedBench(String name) implements Bench {
    @Override
    public String about() {
        return name + ", in a process of its own";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) throws IOException, InterruptedException {
        Path report = Files.createTempFile("scrip-bench-", ".json");
        report.toFile().deleteOnExit();
        try {
            int code = ChildProcess.run(command(options, report), line -> {});
            if (code != ExitCode.OK.number() && code != ExitCode.FAILED.number()) {
                throw new IOException("its process ended with code " + code);
            }
            JsonNode json = JsonMapper.shared().readTree(Files.readString(report));
            List<Figure> figures = BenchReport.figures(json);
            for (JsonNode subject : json.get("subjects")) {
                if (subject.get("broken").asBoolean()) {
                    throw new IOException(figures.get(0).note().replaceFirst("^skipped: ", ""));
                }
            }
            return figures;
        } finally {
            Files.deleteIfExists(report);
        }
    }

    private List<String> command(BenchOptions options, Path report) {
        List<String> command = new ArrayList<>(ScratchServer.java());
        int mainAt = command.indexOf("-cp");
        for (String property : List.of("scrip.home", "scrip.commit")) {
            if (System.getProperty(property) != null) {
                command.add(mainAt, "-D" + property + "=" + System.getProperty(property));
            }
        }
        command.addAll(List.of(ScripBench.class.getName(), name));
        command.addAll(List.of("--seconds", String.valueOf(options.seconds())));
        command.addAll(List.of("--runs", String.valueOf(options.runs())));
        command.addAll(List.of("--snapshots", options.snapshots() ? "on" : "off"));
        if (!options.accounts().isEmpty()) {
            command.addAll(List.of(
                    "--accounts",
                    options.accounts().stream().map(String::valueOf).collect(Collectors.joining(","))));
        }
        command.addAll(List.of("--out", options.folder().toString()));
        command.addAll(List.of("--json", report.toString()));
        return command;
    }
}
