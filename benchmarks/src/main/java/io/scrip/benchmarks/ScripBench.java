package io.scrip.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program behind {@code ./scrip bench}: a jar of its own, because nobody who runs a ledger needs it. */
public final class ScripBench {
    private ScripBench() {}

    public static void main(String[] args) {
        System.exit(BenchCommand.run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }
}
