package io.scrip.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in a process of its own, on loopback, on a free port: {@code scrip serve} over a scratch data folder, or
 * another main class that says {@code … on /127.0.0.1:<port>…}. Closing stops it by its process and removes what it
 * wrote. Belongs to one thread.
 */
public final class ScratchServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(".*\\b127\\.0\\.0\\.1:(\\d+)\\b.*");
    private static final String SCRIP = "io.scrip.tools.Scrip";
    private static final int START_TIMEOUT_S = 120;
    private static final int STOP_TIMEOUT_S = 10;
    private static final int LINES_KEPT = 20;
    /** What the launcher gives a server, so that the ceilings run under the same; told by the launcher. */
    private static final String SERVER_FLAGS = System.getProperty("scrip.server.flags", "-XX:+UseParallelGC");

    private static final List<String> OPENED = List.of(
            "java.base/jdk.internal.misc",
            "java.base/sun.nio.ch",
            "java.base/java.lang.reflect",
            "java.base/java.lang",
            "java.base/java.util",
            "java.base/java.io",
            "java.base/java.nio");

    private final Process process;
    private final Path folder;
    private final String operatorKey;
    /** For a benchmark that is interrupted. */
    private final Thread atExit = new Thread(this::end, "server-end");

    private final Deque<String> lastLines = new ArrayDeque<>();
    private InetSocketAddress address;

    private ScratchServer(Process process, Path folder, String operatorKey) {
        this.process = process;
        this.folder = folder;
        this.operatorKey = operatorKey;
    }

    /** {@code scrip serve --rate-limit 0} with more arguments, ready when this returns. */
    public static ScratchServer scrip(BenchOptions options, String... arguments)
            throws IOException, InterruptedException {
        return scripWith(List.of(), options, arguments);
    }

    /** The same with more flags of the JVM; they win over the usual ones. */
    public static ScratchServer scripWith(List<String> jvmFlags, BenchOptions options, String... arguments)
            throws IOException, InterruptedException {
        return start(jvmFlags, SCRIP, serve(options, arguments), newFolder(), newOperatorKey());
    }

    /**
     * A server over a ledger that is there already, in {@code data} of the folder. The folder is this server's from now
     * on and goes with it.
     */
    static ScratchServer takingOver(
            Path folder, String operatorKey, List<String> jvmFlags, BenchOptions options, String... arguments)
            throws IOException, InterruptedException {
        return start(jvmFlags, SCRIP, serve(options, arguments), folder, operatorKey);
    }

    private static List<String> serve(BenchOptions options, String... arguments) {
        List<String> all = new ArrayList<>(List.of("serve", "--port", "0", "--rate-limit", "0", "--snapshots"));
        all.add(options.snapshots() ? "on" : "off");
        all.addAll(List.of(arguments));
        return all;
    }

    /** Any server of this class path, under the same flags of the JVM. */
    public static ScratchServer of(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return start(List.of(), main.getName(), List.of(arguments), newFolder(), newOperatorKey());
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory("scrip-bench-");
    }

    /** For another listener of a server: a loopback address with a port that was free a moment ago. */
    static InetSocketAddress freeAddress() throws IOException {
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
            return new InetSocketAddress(loopback, free.getLocalPort());
        }
    }

    private static ScratchServer start(
            List<String> jvmFlags, String main, List<String> arguments, Path folder, String key)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(jvmFlags);
        command.add(main);
        command.addAll(arguments);
        if (main.equals(SCRIP)) {
            command.addAll(List.of("--data", folder.resolve("data").toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SCRIP_OPERATOR_KEY", key);
        ScratchServer server = new ScratchServer(builder.start(), folder, key);
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.process.getOutputStream().close();
        try {
            server.awaitReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** This Java, its flags and this class path: what stands before a main class. */
    public static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags());
        command.addAll(List.of("-cp", absoluteClassPath()));
        return command;
    }

    private static List<String> jvmFlags() {
        List<String> flags = new ArrayList<>(List.of(SERVER_FLAGS.strip().split(" +")));
        flags.addAll(opened());
        return flags;
    }

    /** What the jar's manifest opens, for a Java that is started with a class path. */
    static List<String> opened() {
        List<String> flags = new ArrayList<>();
        OPENED.forEach(opened -> flags.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        flags.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        return flags;
    }

    private static String absoluteClassPath() {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, parts);
    }

    static String newOperatorKey() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return "sk_operator_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private void awaitReady() throws IOException, InterruptedException {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> follow(port), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            int ready = port.get(START_TIMEOUT_S, TimeUnit.SECONDS);
            address = new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), ready);
        } catch (ExecutionException e) {
            throw new IOException("the server did not start: " + said(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the server was not ready after " + START_TIMEOUT_S + " s: " + said(), e);
        }
    }

    /** Reads the output to its end, so that the server never blocks on a full pipe. */
    private void follow(CompletableFuture<Integer> port) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (lastLines) {
                    lastLines.addLast(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.removeFirst();
                    }
                }
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
            port.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    public String operatorKey() {
        return operatorKey;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The data folder; only for servers of the ledger. */
    public Path data() {
        return folder.resolve("data");
    }

    /** The last lines it printed. */
    public String said() {
        synchronized (lastLines) {
            return String.join(" | ", lastLines);
        }
    }

    /** SIGTERM, or more when that does not help; then what it wrote is removed. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook finds nothing left to do.
            return;
        }
    }

    private void end() {
        process.destroyForcibly();
        process.onExit().join();
        try {
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("scratch data is left in " + folder, e);
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
