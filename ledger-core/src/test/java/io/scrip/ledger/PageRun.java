package io.scrip.ledger;

import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.agrona.DirectBuffer;

/** Runs one page against a core of its own. */
final class PageRun {
    /** A row and what the core replied. */
    record Judged(PageRow row, PageReply reply) {}

    private static final long FIRST_SETUP_ID = 900_000;

    private final PageNames names = new PageNames();
    private final PageCommands commands;
    private final PageLots lots;
    private final Retention retention;
    private final TestLedger ledger;
    private final PageViews views;
    private final PageSender sender;
    private final List<Judged> judged = new ArrayList<>();
    private int eventsBefore;
    private int setups;

    PageRun(List<PageRow> rows, LedgerPage.Mode mode) {
        boolean forgets = !rows.isEmpty() && rows.get(0).verb().equals("retention");
        retention = forgets ? retention(rows.get(0).sentence()) : Retention.STANDARD;
        ledger = new TestLedger(retention);
        lots = new PageLots(ledger, names);
        commands = new PageCommands(names, lots);
        views = new PageViews(ledger, names, lots);
        boolean asWritten = forgets && mode == LedgerPage.Mode.EVERY_COMMAND_FIRST_IN_A_FAILED_CHAIN;
        sender = new PageSender(ledger, asWritten ? LedgerPage.Mode.AS_WRITTEN : mode, views);
    }

    /** {@code 1h 20 ids 10 at once}. */
    private static Retention retention(String sentence) {
        String[] words = sentence.split(" ");
        return new Retention(PageNumbers.ns(words[0]), Long.parseLong(words[1]), Long.parseLong(words[3]));
    }

    void row(PageRow row) {
        switch (row.verb()) {
            case "retention" -> {}
            case "wallets" -> openWallets(row.sentence());
            case "advance" -> {
                sender.pin(ledger.lastTimestampNs() + PageNumbers.ns(row.sentence()));
                send(row, ns -> PageCommands.tick());
            }
            case "tokens" -> {
                for (int i = 1; i <= Integer.parseInt(row.sentence()); i++) {
                    must(Commands.registerToken(FIRST_SETUP_ID + setups, "T" + i, 0, true));
                }
            }
            case "next" -> pin(row.sentence());
            case "accounts" -> openAccounts(row.sentence());
            case "time" -> name(row.sentence());
            case "lots" -> lots(row);
            case "expired" -> expired(row.sentence());
            case "balance" -> balance(row);
            case "status" -> status(row);
            case "reversed" -> reversed(row);
            case "standing" ->
                same("standing", row.needed("standing"), views.standing(names.wallet(row.needed("wallet"))));
            case "retry" -> retry(row);
            case "many" -> many(row);
            default -> command(row);
        }
    }

    /** Zero sum, and a replay of the journal that ends in the same state with the same events, byte by byte. */
    void finish() {
        sender.repeatAll();
        PageFailure.check(ledger.processor.trialBalance().isZero(), "debits are not credits");
        TestLedger replayed = ledger.replayed(retention);
        PageFailure.check(
                replayed.processor.stateHash() == ledger.processor.stateHash(), "the replay ends in another state");
        PageFailure.check(replayed.events.equals(ledger.events), "the replay writes other events");
        PageFailure.check(
                SnapshotRecords.of(replayed.processor).equals(SnapshotRecords.of(ledger.processor)),
                "the replay makes another snapshot");
        PageEvents.check(ledger.events);
    }

    /** Opens wallets and issues what they are said to have; the token with the first of them. */
    private void openWallets(String sentence) {
        if (views.account(Wallets.PLATFORM, Commands.token("CRD"), Accounts.MAIN)
                .isEmpty()) {
            must(Commands.registerToken(FIRST_SETUP_ID + setups, "CRD", 6, true));
        }
        for (String word : sentence.split(" +")) {
            int equals = word.indexOf('=');
            String letter = equals > 0 ? word.substring(0, equals) : word;
            long id = FIRST_SETUP_ID + setups;
            TestLedger.Answer opened = must(Commands.openWallet(id, Role.OPERATOR, "agent:" + letter, 7, setups));
            names.wallets().put(letter, opened.wallet());
            if (equals > 0) {
                long amount = PageNumbers.amount(word.substring(equals + 1));
                long issueId = FIRST_SETUP_ID + setups;
                must(Commands.issue(issueId, Role.OPERATOR, opened.wallet(), Commands.token("CRD"), amount));
            }
        }
    }

    private TestLedger.Answer must(DirectBuffer command) {
        setups++;
        TestLedger.Answer answer = ledger.answer(command);
        PageFailure.check(answer.outcome() == Outcome.APPLIED, "the page cannot be set up: " + answer);
        return answer;
    }

    private List<PageReply> send(PageRow row, LongFunction<DirectBuffer> encode) {
        List<PageReply> replies = sender.send(encode);
        eventsBefore = sender.eventsBeforeLast();
        PageFailure.check(ledger.processor.trialBalance().isZero(), row.verb() + ": debits are not credits");
        return replies;
    }

    private void command(PageRow row) {
        if (row.has("dry run")) {
            DirectBuffer query = commands.encode(row, sender.nextNs());
            long before = ledger.processor.stateHash();
            List<PageReply> replies = PageReply.decode(ledger.query(query));
            PageFailure.check(before == ledger.processor.stateHash(), "a dry run changed something");
            expect(row, replies.get(0));
            return;
        }
        if (row.verb().equals("issue") && row.has("times")) {
            issues(row);
            return;
        }
        List<PageReply> replies = send(row, ns -> commands.encode(row, ns));
        if (!row.verb().equals("batch") || row.has("outcome")) {
            judge(row, replies.get(0));
            return;
        }
        PageFailure.check(replies.size() == row.parts().size(), replies.size() + " results");
        for (int i = 0; i < replies.size(); i++) {
            try {
                judge(row.parts().get(i), replies.get(i));
            } catch (PageFailure e) {
                throw new PageFailure(
                        "item " + (i + 1) + ", " + row.parts().get(i).text() + "\n        " + e.getMessage());
            }
        }
    }

    private void judge(PageRow row, PageReply reply) {
        long[] id = row.has("id") ? names.id(row.cell("id"), 0) : new long[2];
        reply.numbers().put("events", (long) views.eventsOf(id, eventsBefore));
        if (reply.outcome() == Outcome.APPLIED && !reply.replayed()) {
            commands.applied(row, reply);
            if (row.verb().equals("open")) {
                names.wallets().put(row.cell("wallet"), reply.numbers().get("wallet"));
            }
        }
        expect(row, reply);
        judged.add(new Judged(row, reply));
    }

    LedgerProcessor core() {
        return ledger.processor;
    }

    /** Every decided row with its reply, in the page's order. */
    List<Judged> judged() {
        return judged;
    }

    private void expect(PageRow row, PageReply reply) {
        List<String> differences = PageExpectation.of(row.needed("outcome")).differences(reply, names.wallets());
        PageFailure.check(
                differences.isEmpty(), String.join("; ", differences) + "\n        actually " + reply.inWords());
    }

    /** The same bytes once more; the key of a new wallet apart. */
    private void retry(PageRow row) {
        DirectBuffer bytes = ledger.commandOf(names.id(row.needed("id"), 0));
        expect(row, send(row, ns -> bytes).get(0));
    }

    private void many(PageRow row) {
        int times = Integer.parseInt(row.needed("times"));
        for (int i = 1; i <= times; i++) {
            if (row.has("apart")) {
                sender.pin(ledger.lastTimestampNs() + PageNumbers.ns(row.cell("apart")));
            }
            Map<String, String> cells = new LinkedHashMap<>(row.cells());
            cells.put("id", row.needed("id") + i);
            PageRow one = new PageRow(row.line(), row.text(), "transfer", "", cells, PageRow.Link.ALONE, List.of());
            PageReply reply = send(row, ns -> commands.encode(one, ns)).get(0);
            PageFailure.check(reply.outcome() == Outcome.APPLIED, i + ": " + reply);
        }
    }

    /** The same amount many times over, each good for a nanosecond longer than the one before. */
    private void issues(PageRow row) {
        for (int i = 1; i <= Integer.parseInt(row.cell("times")); i++) {
            Map<String, String> cells = new LinkedHashMap<>(row.cells());
            cells.put("id", row.needed("id") + i);
            cells.put("till", row.needed("till") + "+" + i + "ns");
            PageRow one = new PageRow(row.line(), row.text(), "issue", "", cells, PageRow.Link.ALONE, List.of());
            judge(one, send(row, ns -> commands.encode(one, ns)).get(0));
        }
    }

    /** {@code M 1024}: as many accounts of the owner's choice, with the codes from 256 on. */
    private void openAccounts(String sentence) {
        String[] words = sentence.split(" ");
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            String party = words[0] + "/" + (Accounts.FIRST_FREE_CODE + i);
            Map<String, String> cells = Map.of("id", "account-" + party, "wallet", party);
            PageRow one = new PageRow(0, sentence, "bounds", "", cells, PageRow.Link.ALONE, List.of());
            must(commands.encode(one, ledger.nextTimestampNs()));
        }
    }

    /** {@code noon after 5s}: gives a time to come a name. */
    private void name(String sentence) {
        String[] words = sentence.split(" ", 3);
        if (words.length != 3 || !words[1].equals("after")) {
            throw new IllegalArgumentException("'time noon after 5s'");
        }
        names.times().put(words[0], ledger.lastTimestampNs() + PageNumbers.ns(words[2]));
    }

    private void lots(PageRow row) {
        long token = Commands.token(row.or("token", "CRD"));
        same("lots", row.needed("lots"), lots.inWords(names.wallet(row.needed("wallet")), token));
    }

    /** {@code at expiry of desk - 1ns}, {@code at noon - 1ns}, {@code after 5s}. */
    private void pin(String sentence) {
        if (sentence.startsWith("after ")) {
            sender.pin(ledger.lastTimestampNs() + PageNumbers.ns(sentence.substring(6)));
            return;
        }
        if (sentence.startsWith("at ") && !sentence.startsWith("at expiry")) {
            sender.pin(names.time(sentence.substring(3), 0));
            return;
        }
        String[] words = sentence.split(" ", 4);
        if (words.length < 4 || !sentence.startsWith("at expiry of ")) {
            throw new IllegalArgumentException("'next after 5s', 'next at noon' or 'next at expiry of hold [- 1ns]'");
        }
        int space = words[3].indexOf(' ');
        String hold = space < 0 ? words[3] : words[3].substring(0, space);
        long offset = space < 0 ? 0 : PageNumbers.ns(words[3].substring(space));
        sender.pin(views.fate(names.id(hold, 0)).expiresAt() + offset);
    }

    private void expired(String sentence) {
        List<String> wanted = sentence.isEmpty() ? List.of() : List.of(sentence.split(", *"));
        same("expired", wanted, views.expiredFrom(eventsBefore));
    }

    private void balance(PageRow row) {
        String party = row.needed("wallet");
        Map<String, Long> actual =
                views.account(names.wallet(party), Commands.token(row.or("token", "CRD")), PageNames.account(party));
        List<String> differences = new ArrayList<>();
        row.cells().forEach((column, value) -> {
            switch (column) {
                case "wallet", "token" -> {}
                case "opened" -> {
                    if (value.equals("yes") == actual.isEmpty()) {
                        differences.add("the account is " + (actual.isEmpty() ? "not " : "") + "open");
                    }
                }
                default -> {
                    long expected = PageExpectation.bound(column, value);
                    if (actual.getOrDefault(column, 0L) != expected) {
                        differences.add(column + " expected " + value + " but was " + actual.get(column));
                    }
                }
            }
        });
        PageFailure.check(differences.isEmpty(), String.join("; ", differences) + "\n        " + actual);
    }

    private void status(PageRow row) {
        PageViews.Fate fate = views.fate(names.id(row.needed("hold"), 0));
        same("status", row.needed("status"), fate.hold().name());
        if (row.has("left")) {
            same("left", PageNumbers.amount(row.cell("left")), fate.left());
        }
    }

    private void reversed(PageRow row) {
        long actual = views.fate(names.id(row.needed("of"), 0)).reversed();
        same("reversed", PageNumbers.amount(row.needed("amount")), actual);
    }

    private static void same(String what, Object expected, Object actual) {
        PageFailure.check(expected.equals(actual), what + ": expected " + expected + " but was " + actual);
    }
}
