package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;

/**
 * A command that moves nothing: what became of it is one decision, and its answer is written from that alone. So the
 * first answer, made from the reply, and every later one, made from the event log, are the same bytes.
 */
public interface QuietCommand extends StoredCommand {

    /** Writes the body of its answer 201, one JSON object. */
    void writeApplied(JsonOut json, StoredDecision decision, TokenScales scales);
}
