package io.scrip.tools.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * T15: requests, WebSocket frames and JSON that are almost right, on the live socket. Each is answered in HTTP, refused
 * or left; none is answered 5xx by a mistake, and after each lot of them an ordinary request is answered as ever.
 */
final class MalformedInputs implements Campaign {
    private static final int THREADS = 4;
    private static final int CANARY_EVERY = 100;
    private static final int ANSWER_TIMEOUT_MS = 30_000;
    /** What is not complete is not answered: long enough to see an answer, short enough for many. */
    private static final int QUIET_MS = 8;

    private static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final String COUNTER = "scrip_http_requests_total{";
    private static final Pattern COUNTED = Pattern.compile("status=\"(\\d{3})\"");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    @Override
    public Line line() {
        return new Line("T15", "malformed HTTP, WebSocket and JSON", 20_000, 1_000_000, 0.004);
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
            // Not the trial's own wallets: what is almost right may be right, and move something.
            Population strangers = Population.open(trial.server().address(), trial.operatorKey(), "stranger", 2, 1);
            AtomicInteger next = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<List<String>>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                SplittableRandom random = bench.random().split();
                InetSocketAddress server = trial.server().address();
                running.add(threads.submit(() -> {
                    Mutations mutations = new Mutations(random, strangers);
                    List<String> wrong = new ArrayList<>();
                    for (int index = next.getAndIncrement(); index < injuries; index = next.getAndIncrement()) {
                        send(server, mutations.next(), wrong);
                        if (index % CANARY_EVERY == 0) {
                            canary(server, strangers, wrong);
                        }
                    }
                    return wrong;
                }));
            }
            for (Future<List<String>> thread : running) {
                bench.findings().violations(thread.get());
            }
            threads.shutdown();
            bench.hurt(injuries);
            if (!trial.server().isAlive()) {
                throw new IOException("the server died: " + trial.server().said());
            }
            bench.findings().violations(countedFaults(trial));
            trial.verify("after " + injuries + " inputs");
            trial.finish();
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e.getCause());
        }
    }

    /** What the server itself has counted: on a busy machine an answer may come when nobody reads it any more. */
    private static List<String> countedFaults(Trial trial) throws IOException {
        List<String> wrong = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(trial.server().address(), ANSWER_TIMEOUT_MS)) {
            Answer metrics = connection.get("/metrics", trial.operatorKey());
            if (metrics.status() != 200 || !metrics.body().contains(COUNTER)) {
                wrong.add("the server's counters were answered " + metrics.status() + ": " + metrics.shortened());
            }
            for (String line : metrics.body().lines().toList()) {
                Matcher status = COUNTED.matcher(line);
                if (line.startsWith(COUNTER) && status.find() && isFault(Integer.parseInt(status.group(1)))) {
                    wrong.add("the server counted " + line);
                }
            }
        }
        return wrong;
    }

    private static boolean isFault(int status) {
        return status >= 500 && status != 503 && status != 504;
    }

    private static void canary(InetSocketAddress server, Population strangers, List<String> wrong) throws IOException {
        try (HttpConnection connection = new HttpConnection(server, ANSWER_TIMEOUT_MS)) {
            Answer answer = connection.get("/api/v1/wallets/" + strangers.id(0), strangers.key(0));
            if (answer.status() != 200 || !answer.body().contains(strangers.id(0))) {
                wrong.add("an ordinary request was answered " + answer.status() + ": " + answer.shortened());
            }
        }
    }

    private static void send(InetSocketAddress server, byte[] input, List<String> wrong) throws IOException {
        String answer;
        try (Socket socket = new Socket()) {
            socket.connect(server, ANSWER_TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(QUIET_MS);
            answer = exchange(socket, input);
        }
        if (!answer.isEmpty() && !answer.startsWith("HTTP/1.1 ")) {
            wrong.add("not answered in HTTP: " + shortened(answer) + " to " + shortened(input));
        }
        Matcher status = STATUS.matcher(answer);
        while (status.find()) {
            int code = Integer.parseInt(status.group(1));
            if (isFault(code)) {
                wrong.add(code + " to " + shortened(input));
            }
        }
    }

    /** Everything that comes until it is quiet or over. */
    private static String exchange(Socket socket, byte[] input) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] bytes = new byte[8_192];
        try {
            socket.getOutputStream().write(input);
            InputStream in = socket.getInputStream();
            for (int read = in.read(bytes); read >= 0 && answer.size() < MOST_ANSWER_BYTES; read = in.read(bytes)) {
                answer.write(bytes, 0, read);
            }
        } catch (SocketTimeoutException e) {
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The server has closed it in the middle, as it may.
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static String shortened(byte[] input) {
        return shortened(new String(input, StandardCharsets.ISO_8859_1));
    }

    private static String shortened(String text) {
        String line = text.replace("\r", "\\r").replace("\n", "\\n");
        return line.length() <= 400 ? line : line.substring(0, 400) + "…";
    }
}
