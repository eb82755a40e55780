package io.scrip.gateway.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** The members that a JSON object may have; a member's index is its place in the list. Immutable. */
final class FieldTable {
    private final String[] names;
    private final PropertyNameMatcher matcher;

    private FieldTable(String[] names, PropertyNameMatcher matcher) {
        this.names = names;
        this.matcher = matcher;
    }

    /** A table of at most 64 names. */
    static FieldTable of(String... names) {
        List<Named> named = new ArrayList<>();
        for (String name : names) {
            named.add(Named.fromString(name.intern()));
        }
        JsonFactory factory = JsonFactory.builder().build();
        return new FieldTable(names.clone(), factory.constructNameMatcher(named, true));
    }

    String name(int index) {
        return names[index];
    }

    PropertyNameMatcher matcher() {
        return matcher;
    }
}
