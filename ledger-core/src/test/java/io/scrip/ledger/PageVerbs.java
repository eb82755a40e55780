package io.scrip.ledger;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a page can say: its verbs and the columns each may fill. */
final class PageVerbs {
    // The column 'beats', wherever there is an outcome, names a check that fails too and is not the answer.

    /** Rows without columns. */
    static final Set<String> SENTENCES =
            new TreeSet<>(Set.of("wallets", "advance", "next", "expired", "retention", "tokens", "time", "accounts"));

    /** Words of the column {@code with} that need no value. */
    static final Set<String> FLAGS = Set.of("dry run", "up to", "final", "cut");

    private static final Set<String> TRANSFER = Set.of(
            "id",
            "by",
            "from",
            "to",
            "token",
            "amount",
            "timeout",
            "kind",
            "before",
            "dry run",
            "up to",
            "if",
            "cut",
            "reference",
            "outcome");

    private static final Set<String> ISSUE = Set.of(
            "id",
            "by",
            "to",
            "token",
            "amount",
            "category",
            "priority",
            "good",
            "till",
            "cash",
            "times",
            "cut",
            "outcome");

    private static final Map<String, Set<String>> COLUMNS = Map.ofEntries(
            Map.entry("transfer", TRANSFER),
            Map.entry("hold", TRANSFER),
            Map.entry("multi", Set.of("id", "by", "before", "cut", "outcome")),
            Map.entry("leg", Set.of("from", "to", "token", "amount", "times")),
            Map.entry("post", Set.of("id", "by", "hold", "amount", "final", "cut", "outcome")),
            Map.entry("void", Set.of("id", "by", "hold", "cut", "outcome")),
            Map.entry("extend", Set.of("id", "by", "hold", "timeout", "cut", "outcome")),
            Map.entry(
                    "reverse",
                    Set.of(
                            "id",
                            "by",
                            "of",
                            "amount",
                            "from",
                            "to",
                            "token",
                            "original_amount",
                            "original_fee",
                            "payer",
                            "revenue",
                            "cut",
                            "outcome")),
            Map.entry("issue", ISSUE),
            Map.entry("lots", Set.of("wallet", "token", "lots")),
            Map.entry("open", Set.of("id", "by", "wallet", "owner", "cut", "outcome")),
            Map.entry("token", Set.of("id", "by", "token", "scale", "transferable", "cut", "outcome")),
            Map.entry("key", Set.of("id", "by", "cut", "outcome")),
            Map.entry("freeze", Set.of("id", "by", "wallet", "token", "cut", "outcome")),
            Map.entry("unfreeze", Set.of("id", "by", "wallet", "token", "cut", "outcome")),
            Map.entry("close", Set.of("id", "by", "wallet", "token", "cut", "outcome")),
            Map.entry("bounds", Set.of("id", "by", "wallet", "token", "floor", "ceiling", "cut", "outcome")),
            Map.entry("fee", Set.of("id", "by", "kind", "payer", "bps", "min", "max", "revenue", "cut", "outcome")),
            Map.entry("parent", Set.of("id", "by", "wallet", "parent", "cut", "outcome")),
            Map.entry("limit", Set.of("id", "by", "wallet", "token", "window", "count", "sum", "cut", "outcome")),
            Map.entry(
                    "budget", Set.of("id", "by", "wallet", "token", "scope", "call", "day", "month", "cut", "outcome")),
            Map.entry("allow", Set.of("id", "by", "wallet", "payee", "cut", "outcome")),
            Map.entry("disallow", Set.of("id", "by", "wallet", "payee", "cut", "outcome")),
            Map.entry("kill", Set.of("id", "by", "wallet", "cut", "outcome")),
            Map.entry("revive", Set.of("id", "by", "wallet", "cut", "outcome")),
            Map.entry("batch", Set.of("by", "cut", "outcome")),
            Map.entry("tick", Set.of("outcome")),
            Map.entry("retry", Set.of("id", "outcome")),
            Map.entry(
                    "balance",
                    Set.of(
                            "wallet",
                            "token",
                            "posted",
                            "out",
                            "in",
                            "available",
                            "version",
                            "staked",
                            "withheld",
                            "floor",
                            "ceiling",
                            "opened")),
            Map.entry("status", Set.of("hold", "status", "left")),
            Map.entry("reversed", Set.of("of", "amount")),
            Map.entry("standing", Set.of("wallet", "standing")),
            Map.entry("many", Set.of("id", "from", "to", "token", "amount", "times", "apart")));

    private PageVerbs() {}

    static void check(String verb, Set<String> filled) {
        Set<String> known = COLUMNS.get(verb);
        if (known == null) {
            throw new IllegalArgumentException("no row does '" + verb + "'; known: " + new TreeSet<>(COLUMNS.keySet()));
        }
        for (String column : filled) {
            boolean claim = column.equals("beats") && known.contains("outcome");
            if (!known.contains(column) && !claim) {
                throw new IllegalArgumentException(
                        "'" + verb + "' knows no '" + column + "'; known: " + new TreeSet<>(known));
            }
        }
    }
}
