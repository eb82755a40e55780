package io.scrip.gateway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A method and a path, such as {@code GET /api/v1/wallets/{wallet_id}}; at most one segment is a parameter. Immutable.
 *
 * @param access who may call it
 * @param maxBodyBytes largest body; 0: none is taken
 */
record Route(String method, String path, Access access, int maxBodyBytes, Endpoint endpoint) {

    /** Who may call a route. */
    enum Access {
        /** Anybody. */
        OPEN,
        /** Whoever has a live key. */
        KEY,
        /** The holder of an operator key. */
        OPERATOR
    }

    /** Segments of the path. */
    List<String> segments() {
        return split(path);
    }

    /** Name of the path's parameter, {@code null} when it has none. */
    String parameter() {
        for (String segment : segments()) {
            if (isParameter(segment)) {
                return segment.substring(1, segment.length() - 1);
            }
        }
        return null;
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, end));
            from = end + 1;
        }
        return segments;
    }
}
