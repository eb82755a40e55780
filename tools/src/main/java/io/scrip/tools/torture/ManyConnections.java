package io.scrip.tools.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * T14: a storm of connections that then say nothing, half-open ones that never finish a request, and work beside them.
 * All are accepted in time, the work goes on, and when they are closed nothing of them stays open.
 */
final class ManyConnections implements Campaign {
    private static final int ACCEPT_LIMIT_S = 10;
    private static final int HALF_OPEN = 100;
    private static final int HALF_OPEN_LIMIT_MS = 45_000;
    private static final int LOAD_MS = 3_000;
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int CLOSE_LIMIT_S = 60;
    /** Files that a server opens besides: logs, the next journal file. */
    private static final int OTHER_FILES = 16;

    private static final long BYTES_EACH = 32 << 10;
    private static final int LOOK_MS = 100;
    /** Below this many the heap's own growth hides what a connection costs. */
    private static final int ENOUGH_TO_MEASURE = 5_000;

    @Override
    public Line line() {
        return new Line("T14", "idle and half-open connections, and work", 2_000, 9_900, 0.008);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        try (Trial trial = bench.trial()) {
            trial.start(Launch.PLAIN);
            trial.openAndFund();
            trial.load(LOAD_MS, false, (server, round) -> {});
            int filesBefore = trial.server().openFiles();
            long bytesBefore = trial.server().residentBytes();
            List<HttpConnection> idle = new ArrayList<>();
            List<Socket> halfOpen = new ArrayList<>();
            try {
                double seconds = storm(trial, idle, injuries);
                long bytesEach = (trial.server().residentBytes() - bytesBefore) / injuries;
                for (int socket = 0; socket < HALF_OPEN; socket++) {
                    halfOpen.add(halfOpen(trial));
                }
                Round round = trial.load(LOAD_MS, false, (server, ignored) -> {});
                if (round.postedCount() == 0) {
                    trial.findings().violation("no work was done beside idle connections");
                }
                awaitEnds(trial, halfOpen);
                stillServed(trial, idle);
                bench.hurt(injuries + HALF_OPEN);
                bench.note(String.format(
                        Locale.ROOT, "accepted in %.1f s, %,d bytes of memory each", seconds, Math.max(0, bytesEach)));
                if (seconds > ACCEPT_LIMIT_S) {
                    trial.findings().violation("the storm took " + seconds + " s, more than " + ACCEPT_LIMIT_S);
                }
                if (injuries >= ENOUGH_TO_MEASURE && bytesEach > BYTES_EACH) {
                    trial.findings().violation("an idle connection takes " + bytesEach + " bytes");
                }
            } finally {
                idle.forEach(HttpConnection::close);
                for (Socket socket : halfOpen) {
                    socket.close();
                }
            }
            awaitClosed(trial, filesBefore);
            trial.verify("after " + injuries + " connections");
            trial.finish();
        }
    }

    private static double storm(Trial trial, List<HttpConnection> idle, int count) throws IOException {
        long beganNs = System.nanoTime();
        for (int connection = 0; connection < count; connection++) {
            HttpConnection made = new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS);
            idle.add(made);
            made.getAhead("/healthz");
        }
        for (HttpConnection connection : idle) {
            int status = connection.receive().status();
            if (status != 200) {
                throw new IOException("a connection of the storm was answered " + status);
            }
        }
        return (System.nanoTime() - beganNs) / 1e9;
    }

    private static Socket halfOpen(Trial trial) throws IOException {
        Socket socket = new Socket();
        socket.connect(trial.server().address(), ANSWER_TIMEOUT_MS);
        OutputStream out = socket.getOutputStream();
        out.write("POST /api/v1/transfers HTTP/1.1\r\nHost: x\r\nContent-".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Requests that do not come to their end are ended by the server. */
    private static void awaitEnds(Trial trial, List<Socket> sockets) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HALF_OPEN_LIMIT_MS);
        int kept = 0;
        for (Socket socket : sockets) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            socket.setSoTimeout((int) Math.max(1, leftMs));
            kept += isEnded(socket) ? 0 : 1;
        }
        if (kept > 0) {
            trial.findings().violation(kept + " half-open connections are kept for ever");
        }
    }

    private static boolean isEnded(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // An answer that says why, perhaps.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset: it has been ended, too.
            return true;
        }
    }

    private static void stillServed(Trial trial, List<HttpConnection> idle) throws IOException {
        for (int connection = 0; connection < idle.size(); connection += Math.max(1, idle.size() / 100)) {
            int status = idle.get(connection).get("/healthz", null).status();
            if (status != 200) {
                trial.findings().violation("an idle connection is answered " + status);
            }
        }
    }

    private static void awaitClosed(Trial trial, int filesBefore) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_LIMIT_S);
        while (trial.server().openFiles() > filesBefore + OTHER_FILES) {
            if (System.nanoTime() > deadlineNs) {
                trial.findings()
                        .violation("before " + filesBefore + " files were open, after everybody has gone "
                                + trial.server().openFiles());
                return;
            }
            Thread.sleep(LOOK_MS);
        }
    }
}
