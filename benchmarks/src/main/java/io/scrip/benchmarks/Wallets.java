package io.scrip.benchmarks;

import io.scrip.client.WalletNumber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wallet that pays and those it pays to, opened over HTTP. Immutable. */
record Wallets(long payer, String payerKey, List<Long> payees) {
    private static final Pattern ID = Pattern.compile("\"wallet_id\":\"(w_[0-9a-z]{13})\"");
    private static final Pattern KEY = Pattern.compile("\"api_key\":\"([^\"]+)\"");
    private static final int AT_ONCE = 32;

    static Wallets open(ScratchServer server, int count) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String payer = http.send(request(server, "agent:payer"), HttpResponse.BodyHandlers.ofString())
                .body();
        List<Long> payees = new ArrayList<>(count);
        List<CompletableFuture<HttpResponse<String>>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.add(http.sendAsync(request(server, "agent:payee" + i), HttpResponse.BodyHandlers.ofString()));
            if (opening.size() == AT_ONCE || i == count - 1) {
                for (CompletableFuture<HttpResponse<String>> opened : opening) {
                    payees.add(WalletNumber.of(found(ID, opened.join().body())));
                }
                opening.clear();
            }
        }
        return new Wallets(WalletNumber.of(found(ID, payer)), found(KEY, payer), List.copyOf(payees));
    }

    long payee(SplittableRandom random) {
        return payees.get(random.nextInt(payees.size()));
    }

    private static HttpRequest request(ScratchServer server, String owner) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/api/v1/wallets"))
                .header("Authorization", "Bearer " + server.operatorKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"owner\":\"" + owner + "\"}"))
                .build();
    }

    private static String found(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("no wallet was opened: " + answer);
        }
        return matcher.group(1);
    }
}
