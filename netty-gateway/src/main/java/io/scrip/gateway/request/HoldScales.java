package io.scrip.gateway.request;

import io.scrip.gateway.json.TokenScales;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * In what tokens the holds are that a request captures parts of: a capture names its hold only, and an amount cannot be
 * read without its token. What the event log knows comes from {@link UnknownHolds}; a hold that the same batch places
 * is known from there. One instance belongs to one request.
 */
public final class HoldScales {
    /** There is no such hold. */
    public static final int NONE = TokenScales.UNKNOWN;

    private final Map<Id, Integer> found = new HashMap<>();
    private final Map<Id, Integer> placedHere = new HashMap<>();
    private final Map<Id, Id> missing = new LinkedHashMap<>();

    /** The two halves of a command's id. */
    public record Id(long high, long low) {
        static Id of(CommandId id) {
            return new Id(id.high(), id.low());
        }
    }

    /** What was found out: the decimal places of the hold's token, or {@link #NONE}. */
    public void found(Id hold, int scale) {
        found.put(hold, scale);
    }

    void begin() {
        placedHere.clear();
        missing.clear();
    }

    void placed(CommandId hold, int scale) {
        placedHere.putIfAbsent(Id.of(hold), scale);
    }

    /** The decimal places; {@link TokenScales#UNKNOWN} when there is no such hold, or it is not known yet. */
    int scaleOf(CommandId hold, CommandId command) {
        Id id = Id.of(hold);
        Integer known = found.get(id);
        if (known == null) {
            missing.put(id, Id.of(command));
            return TokenScales.UNKNOWN;
        }
        return known == TokenScales.UNKNOWN ? placedHere.getOrDefault(id, TokenScales.UNKNOWN) : known;
    }

    void end() {
        if (!missing.isEmpty()) {
            throw new UnknownHolds(Map.copyOf(missing));
        }
    }

    /**
     * Thrown when a body captures part of holds that have not been looked for: the caller asks the ledger for them, and
     * reads the body again.
     */
    public static final class UnknownHolds extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Map<Id, Id> holds;

        UnknownHolds(Map<Id, Id> holds) {
            super("holds that have not been looked for", null, false, false);
            this.holds = holds;
        }

        /** Each hold with a command about it: decided before, that command's record says the token too. */
        public Map<Id, Id> holds() {
            return holds;
        }
    }
}
