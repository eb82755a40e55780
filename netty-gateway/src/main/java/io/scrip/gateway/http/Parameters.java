package io.scrip.gateway.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.scrip.gateway.history.Moment;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.RequestFault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads query strings as strictly as bodies: known names only, none twice. */
final class Parameters {
    private static final int MAX_PARAMETERS = 16;
    static final Set<String> OF_TRANSACTIONS = Set.of("limit", "cursor", "kind", "counterparty", "from", "to");
    static final Set<String> OF_PAST_BALANCES = Set.of("at", "at_sequence");
    static final Set<String> OF_EVENTS = Set.of("from", "limit", "follow", "commands");
    static final Set<String> OF_STATEMENTS = Set.of("from", "limit");
    static final Set<String> OF_SOCKETS = Set.of("from", "conflate");

    private Parameters() {}

    /** For paths that take none. */
    static void none(String query) {
        read(query, Set.of());
    }

    /** {@code limit, cursor, kind, counterparty, from, to}. */
    static TransactionQuery transactions(String query) {
        Map<String, List<String>> given = read(query, OF_TRANSACTIONS);
        String limit = first(given, "limit");
        return new TransactionQuery(
                limit == null
                        ? TransactionQuery.DEFAULT_LIMIT
                        : (int) integer("limit", limit, 1, TransactionQuery.MAX_LIMIT),
                first(given, "cursor"),
                kind(first(given, "kind")),
                wallet("counterparty", first(given, "counterparty")),
                time("from", first(given, "from")),
                time("to", first(given, "to")));
    }

    /** {@code at} or {@code at_sequence}. */
    static Moment moment(String query) {
        Map<String, List<String>> given = read(query, OF_PAST_BALANCES);
        String at = first(given, "at");
        String atSequence = first(given, "at_sequence");
        if ((at == null) == (atSequence == null)) {
            throw fault(
                    at == null ? "at" : "at_sequence", "Send either at, a time, or at_sequence, a command's sequence.");
        }
        return at == null
                ? Moment.ofSequence(integer("at_sequence", atSequence, 0, Long.MAX_VALUE - 1))
                : Moment.ofTime(time("at", at));
    }

    /** {@code from, limit, follow, commands}. */
    static EventFeeds.Request events(String query) {
        Map<String, List<String>> given = read(query, OF_EVENTS);
        String from = first(given, "from");
        String limit = first(given, "limit");
        return new EventFeeds.Request(
                from == null ? 1 : integer("from", from, 1, Long.MAX_VALUE - 1),
                limit == null ? Long.MAX_VALUE : integer("limit", limit, 1, Long.MAX_VALUE),
                bool(given, "follow", true),
                bool(given, "commands", false));
    }

    /** Some of a numbered list. */
    record Range(long from, int limit) {}

    /** {@code from, limit}. */
    static Range statements(String query) {
        Map<String, List<String>> given = read(query, OF_STATEMENTS);
        String from = first(given, "from");
        String limit = first(given, "limit");
        return new Range(
                from == null ? 1 : integer("from", from, 1, Long.MAX_VALUE),
                limit == null
                        ? TransactionQuery.DEFAULT_LIMIT
                        : (int) integer("limit", limit, 1, TransactionQuery.MAX_LIMIT));
    }

    /** What a WebSocket may be asked for: from which event on (-1: only new ones), and whether to conflate. */
    record Socket(long from, boolean conflate) {}

    /** {@code from, conflate}. */
    static Socket socket(String query) {
        Map<String, List<String>> given = read(query, OF_SOCKETS);
        String from = first(given, "from");
        return new Socket(from == null ? -1 : integer("from", from, 0, Long.MAX_VALUE), bool(given, "conflate", false));
    }

    private static String kind(String text) {
        if (text == null
                || Stream.of(TransferJson.Kind.values())
                        .anyMatch(kind -> kind.code().equals(text))) {
            return text;
        }
        throw fault("kind", "There is no such kind of transaction.");
    }

    private static boolean bool(Map<String, List<String>> given, String name, boolean otherwise) {
        String text = first(given, name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw fault(name, "The parameter must be true or false.");
        }
        return text == null ? otherwise : text.equals("true");
    }

    static Map<String, List<String>> read(String query, Set<String> known) {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> given;
        try {
            given = new QueryStringDecoder(query, StandardCharsets.UTF_8, false, MAX_PARAMETERS, true).parameters();
        } catch (IllegalArgumentException malformed) {
            throw fault(null, "The query is malformed.");
        }
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            if (!known.contains(parameter.getKey())) {
                throw fault(parameter.getKey(), "This parameter is not known here.");
            }
            if (parameter.getValue().size() != 1) {
                throw fault(parameter.getKey(), "The parameter is given twice.");
            }
        }
        return given;
    }

    static String first(Map<String, List<String>> given, String name) {
        List<String> values = given.get(name);
        return values == null ? null : values.get(0);
    }

    static long integer(String name, String text, long min, long max) {
        try {
            long value = text.matches("[0-9]{1,19}") ? Long.parseLong(text) : min - 1;
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException tooLarge) {
            throw fault(name, "The parameter must be a number from " + min + " to " + max + ".");
        }
        throw fault(name, "The parameter must be a number from " + min + " to " + max + ".");
    }

    private static long wallet(String name, String text) {
        if (text == null) {
            return WalletIds.NONE;
        }
        if (!WalletIds.isWellFormed(text)) {
            throw fault(name, "The parameter must be a wallet id.");
        }
        return WalletIds.decode(text);
    }

    private static long time(String name, String text) {
        if (text == null) {
            return 0;
        }
        long ns = Timestamps.parse(text);
        if (ns == Timestamps.INVALID) {
            throw fault(name, "The parameter must be an RFC 3339 time in UTC.");
        }
        return ns;
    }

    static RequestFault fault(String name, String detail) {
        return new RequestFault(ProblemKind.INVALID_PARAMETER, name, detail);
    }
}
