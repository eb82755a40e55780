package io.scrip.tools.torture;

import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** Sends attempts and writes what the answer means into them. */
final class Requests {
    private final Population population;
    private final String operatorKey;

    Requests(Population population, String operatorKey) {
        this.population = population;
        this.operatorKey = operatorKey;
    }

    /** Sends it, whether for the first time or again; the content is always the same. */
    Answer send(HttpConnection connection, Attempt attempt) throws IOException {
        if (attempt.from == Attempt.ISSUANCE) {
            String body = "{" + common(attempt) + ",\"reference\":\"kill test\"}";
            return connection.post("/api/v1/tokens/" + Credits.TOKEN + "/issue", operatorKey, body);
        }
        return connection.post("/api/v1/transfers", population.key(attempt.from), transferBody(attempt));
    }

    /** A transfer, with a pause before its last byte. */
    Answer send(HttpConnection connection, Attempt attempt, HttpConnection.Pause beforeLastByte) throws IOException {
        return connection.post(
                "/api/v1/transfers", population.key(attempt.from), transferBody(attempt), beforeLastByte);
    }

    /** A transfer whose answer is not waited for. */
    void sendAhead(HttpConnection connection, Attempt attempt) throws IOException {
        connection.postAhead("/api/v1/transfers", population.key(attempt.from), transferBody(attempt));
    }

    private String transferBody(Attempt attempt) {
        return "{\"from\":\"" + population.id(attempt.from) + "\",\"token\":\"" + Credits.TOKEN + "\","
                + common(attempt) + "}";
    }

    private String common(Attempt attempt) {
        return "\"id\":\"" + attempt.id + "\",\"to\":\"" + population.id(attempt.to) + "\",\"amount\":\""
                + Credits.text(attempt.amount) + "\"";
    }

    /** Sends transfers of one payer as one batch. */
    Answer sendBatch(HttpConnection connection, List<Attempt> batch) throws IOException {
        StringJoiner items = new StringJoiner(",", "{\"items\":[", "]}");
        batch.forEach(attempt -> items.add(transferBody(attempt)));
        return connection.post("/api/v1/transfers/batch", population.key(batch.get(0).from), items.toString());
    }

    /**
     * Decides each item of a batch by the answer to the whole.
     *
     * @return {@code null}, or what is wrong with such an answer
     */
    static String decideBatch(List<Attempt> batch, Answer answer) {
        if (answer.status() == 503) {
            batch.forEach(Attempt::notAccepted);
            return null;
        }
        if (answer.status() == 504) {
            return null;
        }
        JsonNode results = answer.status() == 200 ? answer.json().get("results") : null;
        if (results == null || results.size() != batch.size()) {
            return "unexpected answer " + answer.status() + " to a batch: " + answer.shortened();
        }
        long sequence = 0;
        for (int item = 0; item < batch.size(); item++) {
            JsonNode result = results.get(item);
            Attempt attempt = batch.get(item);
            switch (result.get("status").asInt()) {
                case 201 -> {
                    long own = result.get("transfer").get("sequence").asLong();
                    attempt.posted(own, null);
                    if (sequence != 0 && own != sequence) {
                        return "O6 one batch, two sequences, " + sequence + " and that of " + attempt + ": " + own;
                    }
                    sequence = own;
                }
                case 402 -> attempt.refused(402, result.get("code").asString(), null);
                default -> {
                    return "unexpected result of " + attempt + ": " + result;
                }
            }
        }
        return null;
    }

    /** What the server knows of the id, asked by the payer. */
    Answer lookUp(HttpConnection connection, Attempt attempt) throws IOException {
        String key = attempt.from == Attempt.ISSUANCE ? operatorKey : population.key(attempt.from);
        return connection.get("/api/v1/transfers/" + attempt.id, key);
    }

    /**
     * Decides the attempt by the answer to sending it.
     *
     * @return {@code null}, or what is wrong with such an answer
     */
    static String decide(Attempt attempt, Answer answer, boolean keepBody) {
        switch (answer.status()) {
            case 201 -> attempt.posted(sequence(answer), keepBody ? answer.body() : null);
            case 402 -> attempt.refused(answer.status(), answer.text("code"), keepBody ? answer.body() : null);
            case 503 -> attempt.notAccepted();
            case 504 -> {
                // Accepted or not, nobody knows: it stays unknown until it is asked for.
            }
            default -> {
                return "unexpected answer " + answer.status() + " to " + attempt + ": " + answer.shortened();
            }
        }
        return null;
    }

    static long sequence(Answer answer) {
        JsonNode sequence = answer.json().get("sequence");
        if (sequence == null) {
            throw new IllegalStateException("no sequence in " + answer.shortened());
        }
        return sequence.asLong();
    }
}
