package io.scrip.tools.killtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
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

/** A real server in a process of its own, on a free loopback port. */
final class ServerProcess {
    private static final Pattern READY = Pattern.compile("^scrip: ready at http://127\\.0\\.0\\.1:(\\d+)\\b.*");
    private static final int START_TIMEOUT_S = 120;
    private static final int STOP_TIMEOUT_S = 30;
    private static final int LINES_KEPT = 20;

    private final Process process;
    private final InetSocketAddress address;
    private final long startedInNs;

    private ServerProcess(Process process, InetSocketAddress address, long startedInNs) {
        this.process = process;
        this.address = address;
        this.startedInNs = startedInNs;
    }

    /** Starts it on the data folder and waits until it says that it is ready. */
    static ServerProcess start(List<String> serverCommand, Path data, String operatorKey)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(serverCommand);
        command.addAll(List.of("--data", data.toString(), "--port", "0", "--rate-limit", "0"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SCRIP_OPERATOR_KEY", operatorKey);
        long beganNs = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> follow(process, port), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            int ready = port.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            return new ServerProcess(process, loopback(ready), System.nanoTime() - beganNs);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the server was not ready after " + START_TIMEOUT_S + " s", e);
        }
    }

    /** Reads the server's output to its end, so that it never blocks on a full pipe. */
    private static void follow(Process process, CompletableFuture<Integer> port) {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
                last.addLast(line);
                if (last.size() > LINES_KEPT) {
                    last.removeFirst();
                }
            }
            port.completeExceptionally(new IOException("the server ended: " + String.join(" | ", last)));
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

    InetSocketAddress address() {
        return address;
    }

    /** From the start of the process to the line that says it is ready. */
    long startedInNs() {
        return startedInNs;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}: the process gets no say in it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
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
