package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A tracer that tampers with one system call of the server, and what it did. */
record Strace(Path output, String systemCall, String tampering) {

    static String missing() {
        return Tools.missing("strace");
    }

    /** The server stays the process that is started; the tracer detaches itself to the side. */
    Launch launch() {
        return Launch.wrapped(List.of(
                "strace",
                "-D",
                "-f",
                "--seccomp-bpf",
                "-qq",
                "-o",
                output.toString(),
                "-e",
                "trace=" + systemCall,
                "-e",
                "signal=none",
                "-e",
                "inject=" + systemCall + ":" + tampering));
    }

    /** How often it tampered. A call that killed the process may not have been written down. */
    long injected() throws IOException {
        if (!Files.exists(output)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("INJECTED")).count();
        }
    }
}
