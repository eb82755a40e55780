package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.RealServer.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: nothing new is taken, everything taken is answered and on the device, and the exit code is 0. */
@Timeout(120)
class StopTest {
    private static final long GENEROUS_NS = 30_000_000_000L;

    @TempDir
    private Path scratch;

    @Test
    void underLoadEverythingAcknowledgedIsThereAndTheJournalClosedInOrder() throws Exception {
        Path data = scratch.resolve("data");
        List<String> acknowledged;
        List<Integer> readiness = new CopyOnWriteArrayList<>();
        try (RealServer server = RealServer.start(data, Map.of());
                ServerLoad load = new ServerLoad(server, server.operatorKey())) {
            load.awaitMore(100);
            Thread watcher = new Thread(() -> watch(server, readiness));
            watcher.start();
            long beganNs = System.nanoTime();
            Ended ended = server.terminate();
            // Generous: the machine may be busy; that the product keeps its own bound is StopLimitTest's.
            assertTrue(System.nanoTime() - beganNs < GENEROUS_NS, ended.output());
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
            watcher.join();
            load.finish();
            acknowledged = load.acknowledged();
        }
        // Once it has said that it is not ready, it never says again that it is.
        int first = readiness.indexOf(503);
        assertTrue(first < 0 || !readiness.subList(first, readiness.size()).contains(200), readiness.toString());
        Ran verify = Ran.scrip("verify", "--data", data);
        assertEquals(ExitCode.OK, verify.code(), verify.toString());
        assertTrue(verify.out().contains("closed in order)"), verify.toString());
        assertTrue(!verify.out().contains("not closed"), verify.toString());
        Set<String> missing = new HashSet<>(acknowledged);
        Ran dump = Ran.scrip("dump", "--json", "--data", data);
        missing.removeIf(dump.out()::contains);
        assertEquals(Set.of(), missing);
    }

    @Test
    void clientsThatNeverReadDoNotHoldItUp() throws Exception {
        Path data = scratch.resolve("data");
        List<Socket> silent = new ArrayList<>();
        try (RealServer server = RealServer.start(data, Map.of())) {
            byte[] requests =
                    "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4096);
                socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                silent.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(requests);
                out.flush();
            }
            assertEquals(200, server.get("/healthz", null));
            Ended ended = server.terminate();
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
        assertEquals(ExitCode.OK, Ran.scrip("verify", "--data", data).code());
    }

    /** A start may take long: this one waits for a manifest that nobody writes. */
    @Test
    void beforeItIsReadyItStopsAtOnceAndThatIsNoFailure() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "needs mkfifo");
        Path data = scratch.resolve("data");
        Path manifest = Files.createDirectories(data.resolve("journal")).resolve("manifest");
        assertEquals(
                0, new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor());
        Process server = RealJava.start(List.of(), "serve", "--port", "0", "--data", data.toString());
        // A pipe can be opened for writing as soon as somebody reads it.
        CompletableFuture<OutputStream> read = CompletableFuture.supplyAsync(() -> opened(manifest));
        try (OutputStream held = read.get(60, TimeUnit.SECONDS)) {
            // Not through the process, which would close what is to be read.
            server.toHandle().destroy();
            RealJava.Ended ended = RealJava.end(server);
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
            assertEquals("scrip: stopped before it was ready", ended.output().strip(), held::toString);
        } finally {
            server.destroyForcibly();
        }
    }

    private static OutputStream opened(Path pipe) {
        try {
            return Files.newOutputStream(pipe);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Chronicle would report to an analytics host. The kernel's view: the process never asks to connect anywhere. */
    @Test
    void theServerConnectsToNobody() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "needs strace");
        Path trace = scratch.resolve("trace");
        List<String> strace =
                List.of("/usr/bin/strace", "-D", "-f", "-qq", "-e", "trace=connect,bind", "-o", trace.toString());
        try (RealServer server = RealServer.start(strace, scratch.resolve("data"), Map.of());
                ServerLoad load = new ServerLoad(server, server.operatorKey())) {
            load.awaitMore(20);
            Ended ended = server.terminate();
            assertEquals(ExitCode.OK.number(), ended.exitCode(), ended.output());
        }
        List<String> calls = Files.readAllLines(trace);
        assertTrue(
                calls.stream().anyMatch(call -> call.contains("bind(") && call.contains("AF_INET")), calls::toString);
        List<String> connects = calls.stream()
                .filter(call -> call.contains("connect(") && call.contains("AF_INET"))
                .toList();
        assertEquals(List.of(), connects);
    }

    private static void watch(RealServer server, List<Integer> readiness) {
        try {
            while (true) {
                readiness.add(server.get("/readyz", null));
            }
        } catch (IOException gone) {
            // The socket is closed: the end of what there is to see.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
