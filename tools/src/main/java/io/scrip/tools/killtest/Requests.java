package io.scrip.tools.killtest;

import java.io.IOException;
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
        String head = "{\"id\":\"" + attempt.id + "\",";
        String tail =
                "\"to\":\"" + population.id(attempt.to) + "\",\"amount\":\"" + Credits.text(attempt.amount) + "\"";
        if (attempt.from == Attempt.ISSUANCE) {
            String body = head + tail + ",\"reference\":\"kill test\"}";
            return connection.post("/api/v1/tokens/" + Credits.TOKEN + "/issue", operatorKey, body);
        }
        String from = "\"from\":\"" + population.id(attempt.from) + "\",\"token\":\"" + Credits.TOKEN + "\",";
        return connection.post("/api/v1/transfers", population.key(attempt.from), head + from + tail + "}");
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
