package io.scrip.tools.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real server in a process of its own, on a free loopback port. */
final class ServerProcess {
    private static final Pattern READY = Pattern.compile("^scrip: ready at http://127\\.0\\.0\\.1:(\\d+)\\b.*");
    private static final int START_TIMEOUT_S = 120;
    private static final int STOP_TIMEOUT_S = 30;
    private static final int LINES_KEPT = 20;

    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private InetSocketAddress address;
    private long startedInNs;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts it on the data folder and waits until it says that it is ready; throws when it does not come to that. */
    static ServerProcess start(List<String> serverCommand, Launch launch, Path data, String operatorKey)
            throws IOException, InterruptedException {
        ServerProcess server = attempt(serverCommand, launch, data, operatorKey);
        if (!server.isReady()) {
            throw new IOException("the server ended: " + server.said());
        }
        return server;
    }

    /** Starts it and waits until it is ready or has ended. */
    static ServerProcess attempt(List<String> serverCommand, Launch launch, Path data, String operatorKey)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launch.wrapper());
        command.addAll(serverCommand);
        command.addAll(List.of("--data", data.toString(), "--port", "0", "--rate-limit", "0"));
        command.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SCRIP_OPERATOR_KEY", operatorKey);
        builder.environment().putAll(launch.environment());
        long beganNs = System.nanoTime();
        ServerProcess server = new ServerProcess(Interruption.start(builder));
        server.process.getOutputStream().close();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> server.follow(port), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            int ready = port.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            if (ready > 0) {
                server.address = loopback(ready);
            } else {
                server.process.waitFor();
            }
            server.startedInNs = System.nanoTime() - beganNs;
            return server;
        } catch (ExecutionException e) {
            server.kill();
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            server.kill();
            throw new IOException("the server was not ready after " + START_TIMEOUT_S + " s: " + server.said(), e);
        }
    }

    /** Reads the server's output to its end, so that it never blocks on a full pipe. Its end gives port 0. */
    private void follow(CompletableFuture<Integer> port) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.removeFirst();
                    }
                }
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
            port.complete(0);
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are no address", e);
        }
    }

    /** Whether it said that it is ready; it may have ended since. */
    boolean isReady() {
        return address != null;
    }

    InetSocketAddress address() {
        if (address == null) {
            throw new IllegalStateException("the server was never ready: " + said());
        }
        return address;
    }

    /** The last lines it printed. */
    String said() {
        synchronized (lastLines) {
            return String.join(" | ", lastLines);
        }
    }

    /** From the start of the process to the line that says it is ready, or to its end. */
    long startedInNs() {
        return startedInNs;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Files and sockets that it has open. */
    int openFiles() throws IOException {
        try (Stream<Path> entries = Files.list(proc("fd"))) {
            return (int) entries.count();
        }
    }

    /** Sockets that it has open, and nothing else. */
    int openSockets() throws IOException {
        int sockets = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc("fd"))) {
            for (Path entry : entries) {
                sockets += isSocket(entry) ? 1 : 0;
            }
        }
        return sockets;
    }

    private static boolean isSocket(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (NoSuchFileException closed) {
            // Between the listing and this look.
            return false;
        }
    }

    /** Its resident set. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no VmRSS of process " + pid());
    }

    /**
     * The system's id of a thread whose name begins so.
     *
     * @param which 0: the first of them that was started
     */
    long threadId(String namePrefix, int which) throws IOException {
        int left = which;
        // In the order in which they were started.
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(proc("task"))) {
            for (Path task : tasks) {
                if (nameOf(task).startsWith(namePrefix) && left-- == 0) {
                    return Long.parseLong(task.getFileName().toString());
                }
            }
        }
        throw new IOException("the server has no thread " + namePrefix + " " + which);
    }

    private static String nameOf(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm"), StandardCharsets.ISO_8859_1);
        } catch (IOException ended) {
            // Threads come and go; what ends while it is looked at has no name any more.
            if (Files.exists(task)) {
                throw ended;
            }
            return "";
        }
    }

    private Path proc(String entry) {
        return Path.of("/proc", Long.toString(pid()), entry);
    }

    /** {@code kill -9}: the process gets no say in it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Waits for it to end by itself; -1 when it does not within the time. */
    int awaitEnd(int timeoutMs) throws InterruptedException {
        return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /** SIGTERM; returns the exit code. */
    int stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the server did not stop within " + STOP_TIMEOUT_S + " s of SIGTERM");
        }
        return process.exitValue();
    }
}
