package io.scrip.tools.torture;

import io.scrip.tools.torture.Observation.Balance;
import io.scrip.tools.torture.Observation.Movement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Reads everything the server shows: every wallet, every history to its end, the trial balance. */
final class Survey {
    private static final int PAGE = 500;

    private final InetSocketAddress server;
    private final Population population;
    private final Requests requests;
    private final String operatorKey;
    private final int connections;

    Survey(InetSocketAddress server, Population population, Requests requests, String operatorKey, int connections) {
        this.server = server;
        this.population = population;
        this.requests = requests;
        this.operatorKey = operatorKey;
        this.connections = connections;
    }

    Observation observe(List<Attempt> askById) throws IOException, InterruptedException {
        Balance[] balances = new Balance[population.size()];
        List<List<Movement>> histories = new ArrayList<>();
        for (int wallet = 0; wallet < population.size(); wallet++) {
            histories.add(new ArrayList<>());
        }
        Parallel.forEach(population.size(), server, connections, (connection, wallet) -> {
            balances[wallet] = balance(connection, wallet);
            readHistory(connection, wallet, histories.get(wallet));
        });
        Map<String, String> remembered = new ConcurrentHashMap<>();
        Parallel.forEach(askById.size(), server, connections, (connection, index) -> {
            Attempt attempt = askById.get(index);
            Answer answer = requests.lookUp(connection, attempt);
            if (answer.status() != 404) {
                if (answer.status() != 200) {
                    throw new IOException(attempt + " was answered " + answer.status() + ": " + answer.shortened());
                }
                remembered.put(attempt.id, rememberedAs(answer));
            }
        });
        Map<String, String> differences;
        try (HttpConnection connection = new HttpConnection(server, 30_000)) {
            differences = differences(connection, operatorKey);
        }
        return new Observation(Arrays.asList(balances), histories, remembered, differences);
    }

    private static String rememberedAs(Answer answer) {
        JsonNode refusal = answer.json().get("refusal");
        return refusal == null ? answer.text("status") : refusal.get("code").asString();
    }

    private Balance balance(HttpConnection connection, int wallet) throws IOException {
        Answer answer = connection.get("/api/v1/wallets/" + population.id(wallet), population.key(wallet));
        if (answer.status() != 200) {
            throw new IOException("wallet " + wallet + " was answered " + answer.status() + ": " + answer.shortened());
        }
        for (JsonNode balance : answer.json().get("balances")) {
            if (balance.get("token").asString().equals(Credits.TOKEN)) {
                return new Balance(
                        Credits.micros(balance.get("available").asString()),
                        Credits.micros(balance.get("total").asString()));
            }
        }
        throw new IOException("wallet " + wallet + " shows no " + Credits.TOKEN + ": " + answer.shortened());
    }

    private void readHistory(HttpConnection connection, int wallet, List<Movement> history) throws IOException {
        String cursor = null;
        do {
            String path = "/api/v1/wallets/" + population.id(wallet) + "/transactions?limit=" + PAGE;
            Answer answer = connection.get(cursor == null ? path : path + "&cursor=" + cursor, population.key(wallet));
            if (answer.status() != 200) {
                throw new IOException(
                        "history of wallet " + wallet + " was answered " + answer.status() + ": " + answer.shortened());
            }
            JsonNode page = answer.json();
            for (JsonNode transfer : page.get("data")) {
                history.add(movement(transfer));
            }
            cursor = page.hasNonNull("next_cursor") ? page.get("next_cursor").asString() : null;
        } while (cursor != null);
    }

    private Movement movement(JsonNode transfer) {
        return new Movement(
                transfer.get("id").asString(),
                transfer.get("sequence").asLong(),
                population.indexOf(transfer.get("from").asString()),
                population.indexOf(transfer.get("to").asString()),
                Credits.micros(transfer.get("amount").asString()),
                transfer.get("status").asString());
    }

    /** Per token: how far the trial balance is off. */
    static Map<String, String> differences(HttpConnection connection, String operatorKey) throws IOException {
        Answer answer = connection.get("/api/v1/trial-balance", operatorKey);
        if (answer.status() != 200) {
            throw new IOException("the trial balance was answered " + answer.status() + ": " + answer.shortened());
        }
        Map<String, String> differences = new TreeMap<>();
        for (JsonNode token : answer.json().get("tokens")) {
            differences.put(
                    token.get("token").asString(), token.get("difference").asString());
        }
        return differences;
    }
}
