package io.scrip.tools;

import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a wallet's live stream, one JSON message a line: a WebSocket client for people who have none at hand. */
@Command(
        name = "watch",
        description = {
            "Print what happens to a wallet as it happens, one JSON message a line, from its WebSocket.",
            "The key is read from SCRIP_KEY, so that it shows in no list of processes.",
            ""
        },
        sortOptions = false)
final class WatchCommand implements Callable<Integer> {
    static final String KEY_VARIABLE = "SCRIP_KEY";

    @Parameters(paramLabel = "WALLET", description = "The wallet's id, w_….")
    private String wallet;

    @Option(
            names = "--url",
            defaultValue = "ws://127.0.0.1:8080",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Begin with event sequence N: what was missed comes first.")
    private Long from;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages (default: until interrupted).")
    private long count = Long.MAX_VALUE;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        String key = System.getenv(KEY_VARIABLE);
        if (key == null || key.isBlank()) {
            throw new Refusal(ExitCode.USAGE, "set " + KEY_VARIABLE + " to the wallet's or the operator's key");
        }
        URI address;
        try {
            address = URI.create(url + "/ws/wallet/" + wallet + (from == null ? "" : "?from=" + from));
        } catch (IllegalArgumentException e) {
            throw new Refusal(ExitCode.USAGE, "no address of a wallet's stream: " + e.getMessage(), e);
        }
        Lines lines = new Lines(spec.commandLine().getOut(), count);
        WebSocket socket = connect(address, key, lines);
        String end = lines.ended.join();
        socket.abort();
        if (end != null) {
            throw new Refusal(ExitCode.FAILED, "the stream ended: " + end);
        }
        return ExitCode.OK.number();
    }

    private static WebSocket connect(URI address, String key, Lines lines) {
        try {
            return HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + key)
                    .buildAsync(address, lines)
                    .join();
        } catch (IllegalArgumentException e) {
            throw new Refusal(ExitCode.USAGE, "--url must begin with ws:// or wss://: " + address, e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException) {
                int status = ((WebSocketHandshakeException) e.getCause())
                        .getResponse()
                        .statusCode();
                throw new Refusal(ExitCode.FAILED, address + " answered " + status + " instead of opening a stream", e);
            }
            if (e.getCause() instanceof ConnectException) {
                throw new Refusal(ExitCode.FAILED, "nothing listens at " + address + "; is `scrip serve` running?", e);
            }
            throw new Refusal(ExitCode.FAILED, "no stream from " + address + ": " + e.getCause(), e);
        }
    }

    /** Joins frames to messages and prints them; one frame is asked for at a time. */
    private static final class Lines implements WebSocket.Listener {
        /** Completed with {@code null} when enough was printed, else with the reason of the end. */
        final CompletableFuture<String> ended = new CompletableFuture<>();

        private final PrintWriter out;
        private final StringBuilder message = new StringBuilder();
        private long remaining;

        Lines(PrintWriter out, long remaining) {
            this.out = out;
            this.remaining = remaining;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last && remaining > 0) {
                out.println(message);
                out.flush();
                message.setLength(0);
                remaining--;
                if (remaining == 0) {
                    ended.complete(null);
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            ended.complete("closed by the server with " + statusCode + (reason.isEmpty() ? "" : ", " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete(String.valueOf(error.getMessage()));
        }
    }
}
