package io.scrip.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code scrip serve} in a process of its own, run from the classes under test. Closing kills it. */
public final class RealServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("scrip: ready at (http://127\\.0\\.0\\.1:\\d+) .*");
    private static final int TIMEOUT_S = 60;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> url = new CompletableFuture<>();
    private final Thread reader;

    /** How a process ended, and everything it said on stdout and stderr. */
    public record Ended(int exitCode, String output) {}

    private RealServer(List<String> before, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.scrip.tools.Scrip", "serve"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(OperatorKey.VARIABLE);
        builder.environment().putAll(environment);
        process = builder.start();
        reader = new Thread(this::read, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it on a free port and waits until it is ready. */
    public static RealServer start(Path data, Map<String, String> environment, String... options) throws Exception {
        return start(List.of(), data, environment, options);
    }

    /** @param before words of a command line that the server's is put behind */
    static RealServer start(List<String> before, Path data, Map<String, String> environment, String... options)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--data", data.toString(), "--port", "0", "--rate-limit", "0"));
        arguments.addAll(List.of(options));
        RealServer server = new RealServer(before, environment, arguments.toArray(new String[0]));
        try {
            server.url.get(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            server.close();
            throw new IllegalStateException("not ready: " + server.output, e);
        }
        return server;
    }

    /** Runs one that is expected to refuse. */
    static Ended run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--port")) {
            all.addAll(List.of("--port", "0"));
        }
        try (RealServer server = new RealServer(List.of(), environment, all.toArray(new String[0]))) {
            return server.awaitEnd();
        }
    }

    public String operatorKey() {
        return output.stream()
                .filter(line -> line.startsWith("operator key: "))
                .map(line -> line.substring("operator key: ".length()))
                .findFirst()
                .orElseThrow();
    }

    /** The status of a GET. */
    public int get(String path, String key) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url.join() + path)), key);
    }

    /** The status of a POST. */
    public int post(String path, String key, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(url.join() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                key);
    }

    private static int send(HttpRequest.Builder request, String key) throws IOException, InterruptedException {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** The answer to a POST. */
    public HttpResponse<String> postForBody(String path, String key, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.join() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The body of a GET. */
    public String body(String path, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.join() + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Sequence of the last event. */
    public long lastEvent() throws IOException, InterruptedException {
        return body("/metrics", null)
                .lines()
                .filter(line -> line.startsWith("scrip_event_sequence "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    int port() {
        return URI.create(url.join()).getPort();
    }

    /** SIGTERM. */
    public Ended terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    private Ended awaitEnd() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + output);
        }
        reader.join(TimeUnit.SECONDS.toMillis(TIMEOUT_S));
        return new Ended(process.exitValue(), String.join("\n", output));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    url.complete(ready.group(1));
                }
            }
            url.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            url.completeExceptionally(e);
        }
    }

    /** Kills it, and waits until the system has let go of its files. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
