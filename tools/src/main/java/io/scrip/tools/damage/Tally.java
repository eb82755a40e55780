package io.scrip.tools.damage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How many injuries ended how. Thread safe. */
final class Tally {
    private static final int MOST_KEPT = 20;

    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int violationCount;

    /** What opening made of a damaged file. */
    enum Ending {
        /** Refused, and the file named. */
        REFUSED,
        /** Taken as far as it is good; what is missing nobody was told of. */
        SHORTER,
        /** Found out, left aside, and made again from the journal. */
        REBUILT,
        /** Everything as before: the byte carries no meaning, or another copy was used. */
        HARMLESS
    }

    synchronized void count(Ending ending) {
        endings.merge(ending, 1, Integer::sum);
    }

    /** Harmless, and because of what. */
    synchronized void harmless(String because) {
        count(Ending.HARMLESS);
        reasons.merge(because, 1, Integer::sum);
    }

    synchronized void violation(String what) {
        violationCount++;
        if (violations.size() < MOST_KEPT) {
            violations.add(what);
        }
    }

    /** One line of JSON. */
    synchronized String json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        int total = violationCount;
        for (int count : endings.values()) {
            total += count;
        }
        json.put("injuries", total);
        endings.forEach((ending, count) -> json.put(ending.name().toLowerCase(Locale.ROOT), count));
        ObjectNode because = json.putObject("harmless_because");
        reasons.forEach(because::put);
        json.put("violation_count", violationCount);
        violations.forEach(json.putArray("violations")::add);
        return json.toString();
    }
}
