package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tracer that has got hold of one thread of a running server, and tampers with one kind of its system calls. */
final class ThreadTracer implements AutoCloseable {
    /** Linux keeps so much of a thread's name. */
    private static final int NAME_LENGTH = 15;

    private static final int ATTACH_TIMEOUT_S = 10;
    private static final int LOOK_MS = 10;

    private final Process strace;

    private ThreadTracer(Process strace) {
        this.strace = strace;
    }

    /** Returns when the tracer has hold of it. */
    static ThreadTracer attach(ServerProcess server, String thread, String systemCall, String tampering, Path output)
            throws IOException, InterruptedException {
        long tid = server.threadId(thread.substring(0, Math.min(NAME_LENGTH, thread.length())));
        List<String> command = List.of(
                "strace",
                "-qq",
                "-p",
                Long.toString(tid),
                "-e",
                "trace=" + systemCall,
                "-e",
                "signal=none",
                "-e",
                "inject=" + systemCall + ":" + tampering);
        ThreadTracer tracer = new ThreadTracer(Tools.start(output, command));
        Path status = Path.of("/proc", Long.toString(server.pid()), "task", Long.toString(tid), "status");
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ATTACH_TIMEOUT_S);
        while (Files.exists(status)
                && Files.readString(status, StandardCharsets.ISO_8859_1).contains("TracerPid:\t0\n")) {
            if (System.nanoTime() > deadlineNs || !tracer.strace.isAlive()) {
                tracer.close();
                throw new IOException("strace did not get hold of " + thread + ": " + Files.readString(output));
            }
            Thread.sleep(LOOK_MS);
        }
        return tracer;
    }

    /** Lets go; the thread goes on as if nothing had been. */
    @Override
    public void close() {
        strace.destroy();
        try {
            if (!strace.waitFor(ATTACH_TIMEOUT_S, TimeUnit.SECONDS)) {
                strace.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
