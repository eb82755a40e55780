package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;

/** A command that moves or reserves value: what {@code GET /transfers/{id}} shows, also when it was refused. */
public interface MovingCommand extends StoredCommand {

    /** Writes the members of its resource when it was refused, without braces and without the refusal itself. */
    void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales);
}
