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

    private static final int ATTACH_TIMEOUT_S = 60;
    private static final int LOOK_MS = 10;
    private static final int KILLED_LIMIT_MS = 5_000;

    private final Process strace;

    private ThreadTracer(Process strace) {
        this.strace = strace;
    }

    /** As {@link #attach(ServerProcess, long, String, String, Path)}, the first thread whose name begins so. */
    static ThreadTracer attach(ServerProcess server, String thread, String systemCall, String tampering, Path output)
            throws IOException, InterruptedException {
        long tid = server.threadId(thread.substring(0, Math.min(NAME_LENGTH, thread.length())), 0);
        return attach(server, tid, systemCall, tampering, output);
    }

    /** Returns when the tracer has hold of it, or has done its work already and the thread is gone. */
    static ThreadTracer attach(ServerProcess server, long tid, String systemCall, String tampering, Path output)
            throws IOException, InterruptedException {
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
        Path status = Path.of("/proc", Long.toString(server.pid()), "task", Long.toString(tid), "status");
        ThreadTracer tracer = new ThreadTracer(Tools.start(output, command));
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(ATTACH_TIMEOUT_S);
        boolean isTracerAlive = true;
        while (isUntraced(status)) {
            if (!isTracerAlive && server.awaitEnd(KILLED_LIMIT_MS) >= 0) {
                return tracer;
            }
            if (System.nanoTime() > deadlineNs || !isTracerAlive) {
                tracer.close();
                throw new IOException("strace did not get hold of " + tid + ": " + Files.readString(output));
            }
            // The tracer may have killed the server already, and ended.
            isTracerAlive = tracer.strace.isAlive();
            Thread.sleep(LOOK_MS);
        }
        return tracer;
    }

    private static boolean isUntraced(Path status) throws IOException {
        try {
            return Files.readString(status, StandardCharsets.ISO_8859_1).contains("TracerPid:\t0\n");
        } catch (IOException gone) {
            if (Files.exists(status)) {
                throw gone;
            }
            return false;
        }
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
