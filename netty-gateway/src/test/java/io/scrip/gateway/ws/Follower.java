package io.scrip.gateway.ws;

import io.scrip.gateway.TestClient.Wallet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Follows a wallet as a client would: keeps balances up to date from messages alone, and every movement. */
final class Follower implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StringBuilder text = new StringBuilder();
    private final Map<String, JsonNode> balances = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private final List<JsonNode> movements = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final WebSocket socket;
    private boolean isLocked;
    private long lastSequence;
    private long stateSequence;

    Follower(HttpClient http, int port, Wallet wallet, String query) {
        socket = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + wallet.key())
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/wallet/" + wallet.id() + query), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            onMessage(MAPPER.readTree(text.toString()));
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private synchronized void onMessage(JsonNode message) {
        long sequence = message.path("sequence").asLong();
        if (message.path("previous_sequence").asLong(-1) != lastSequence) {
            faults.add(message.toString());
        }
        lastSequence = sequence;
        JsonNode data = message.path("data");
        switch (message.path("type").asString()) {
            case "wallet_state" -> {
                stateSequence = sequence;
                isLocked = data.path("locked").asBoolean();
                data.path("balances").forEach(this::keep);
                story.add("state");
            }
            case "balance_update" -> {
                // What is not newer than the state is in it already.
                if (sequence > stateSequence) {
                    keep(data);
                }
                story.add("balance");
            }
            case "transaction_completed" -> {
                movements.add(message);
                story.add(data.path("kind").asString());
            }
            default -> faults.add(message.toString());
        }
    }

    private void keep(JsonNode balance) {
        balances.put(balance.path("token").asString(), balance);
    }

    @Override
    public synchronized void onError(WebSocket webSocket, Throwable error) {
        faults.add(error.toString());
    }

    /** Whether what was told so far is what the wallet's answer says. */
    synchronized boolean agreesWith(JsonNode wallet) {
        boolean agrees =
                !wallet.path("balances").isEmpty() && wallet.path("locked").asBoolean() == isLocked;
        for (JsonNode balance : wallet.path("balances")) {
            agrees &= balance.equals(balances.get(balance.path("token").asString()));
        }
        return agrees;
    }

    synchronized int movementCount() {
        return movements.size();
    }

    synchronized List<JsonNode> movements() {
        return List.copyOf(movements);
    }

    /** What came since the last call, by type or kind. */
    synchronized String takeStory() {
        String taken = String.join(" ", story);
        story.clear();
        return taken;
    }

    /** Breaks of {@code previous_sequence}, and what nobody expected. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
