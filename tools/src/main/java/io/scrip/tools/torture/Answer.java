package io.scrip.tools.torture;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back for one request. */
record Answer(int status, boolean replayed, boolean retryAfter, String body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalStateException("answer " + status + " is no JSON: " + shortened(), e);
        }
    }

    /** A string field of the answer. */
    String text(String field) {
        JsonNode node = json().get(field);
        if (node == null || !node.isString()) {
            throw new IllegalStateException("answer " + status + " has no text \"" + field + "\": " + shortened());
        }
        return node.stringValue();
    }

    String shortened() {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }
}
