package io.scrip.ledger;

import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.Id128Encoder;
import io.scrip.protocol.Role;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the words of a page stand for: letters are wallets, other words are ids. A word with {@code @} is a UUIDv7 of
 * that time: {@code early@now-1h}.
 */
final class PageNames {
    private static final Map<String, Integer> ACCOUNTS = Map.of(
            "main", Accounts.MAIN,
            "issuance", Accounts.ISSUANCE,
            "stake", Accounts.STAKE,
            "escrow", Accounts.ESCROW,
            "revenue", Accounts.REVENUE,
            "breakage", Accounts.BREAKAGE);
    private static final long NOBODY = 999_999;

    private final Map<String, Long> wallets = new LinkedHashMap<>();
    private final Map<String, long[]> ids = new LinkedHashMap<>();
    private final Map<String, Long> times = new LinkedHashMap<>();

    PageNames() {
        wallets.put("platform", Wallets.PLATFORM);
        wallets.put("nobody", NOBODY);
        wallets.put("noone", NOBODY - 1);
        wallets.put("none", 0L);
    }

    Map<String, Long> wallets() {
        return wallets;
    }

    /** {@code A} or {@code A/stake}. */
    long wallet(String party) {
        String word = party.contains("/") ? party.substring(0, party.indexOf('/')) : party;
        Long wallet = wallets.get(word);
        if (wallet == null) {
            throw new IllegalArgumentException("no wallet '" + word + "'; known: " + wallets.keySet());
        }
        return wallet;
    }

    static int account(String party) {
        if (!party.contains("/")) {
            return Accounts.MAIN;
        }
        String word = party.substring(party.indexOf('/') + 1);
        Integer named = ACCOUNTS.get(word);
        return named != null ? named : Integer.parseInt(word);
    }

    /** Times that the page has given a name to. */
    Map<String, Long> times() {
        return times;
    }

    /** {@code never}, or {@code now} or a named time, with an offset: {@code noon-1ns}. */
    long time(String text, long nowNs) {
        if (text.equals("never")) {
            return Long.MAX_VALUE;
        }
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String word = text.substring(0, end);
        Long base = word.equals("now") ? Long.valueOf(nowNs) : word.isEmpty() ? Long.valueOf(0) : times.get(word);
        if (base == null) {
            throw new IllegalArgumentException("no time '" + word + "'; known: " + times.keySet());
        }
        return base + (end < text.length() ? PageNumbers.ns(text.substring(end)) : 0);
    }

    /** The name of a time; how far it is after the first named time when it has none. */
    String nameOfTime(long ns) {
        if (ns == Long.MAX_VALUE) {
            return "never";
        }
        for (Map.Entry<String, Long> time : times.entrySet()) {
            if (time.getValue() == ns) {
                return time.getKey();
            }
        }
        return Long.toString(ns);
    }

    boolean knowsId(String word) {
        return ids.containsKey(word);
    }

    /** High and low half; the same for the same word. */
    long[] id(String word, long nowNs) {
        return ids.computeIfAbsent(word, w -> {
            long number = ids.size() + 1L;
            if (!w.contains("@now")) {
                return new long[] {Commands.highOf(number), Commands.lowOf(number)};
            }
            String offset = w.substring(w.indexOf("@now") + 4);
            long timeMs = (nowNs + (offset.isEmpty() ? 0 : PageNumbers.ns(offset))) / 1_000_000;
            return new long[] {timeMs << 16 | 0x7000L, Long.MIN_VALUE | number};
        });
    }

    String wordOf(long high, long low) {
        for (Map.Entry<String, long[]> id : ids.entrySet()) {
            if (id.getValue()[0] == high && id.getValue()[1] == low) {
                return id.getKey();
            }
        }
        throw new IllegalArgumentException("an id that the page does not know");
    }

    void writeId(Id128Encoder encoder, String word, long nowNs) {
        long[] id = id(word, nowNs);
        encoder.high(id[0]).low(id[1]);
    }

    void writeCaller(CallerEncoder encoder, String by) {
        Role role = switch (by) {
            case "operator" -> Role.OPERATOR;
            case "system" -> Role.SYSTEM;
            case "auditor" -> Role.AUDITOR;
            default -> Role.WALLET;
        };
        encoder.role(role).wallet(role == Role.WALLET ? wallet(by) : 0);
    }
}
