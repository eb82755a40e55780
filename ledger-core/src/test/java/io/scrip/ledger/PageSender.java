package io.scrip.ledger;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.agrona.DirectBuffer;

/**
 * Sends a page's commands to a core, each at its time: a nanosecond after the last, unless a row pins it. Depending on
 * the mode it sends more than the page says, none of which may make a difference.
 */
final class PageSender {
    private static final Set<Outcome> NOT_REMEMBERED =
            EnumSet.of(Outcome.MALFORMED, Outcome.ID_TOO_OLD, Outcome.ID_IN_FUTURE);

    private record Sent(DirectBuffer command, List<PageReply> replies) {}

    private final TestLedger ledger;
    private final LedgerPage.Mode mode;
    private final PageViews views;
    private final Deque<Sent> unrepeated = new ArrayDeque<>();
    private final Map<DirectBuffer, Sent> all = new LinkedHashMap<>();
    private long pinnedNs;
    private int tries;
    private int eventsBeforeLast;

    PageSender(TestLedger ledger, LedgerPage.Mode mode, PageViews views) {
        this.ledger = ledger;
        this.mode = mode;
        this.views = views;
    }

    /** The next command of the page comes at exactly this time. */
    void pin(long ns) {
        if (ns <= ledger.lastTimestampNs()) {
            throw new IllegalArgumentException("the last command was later than that");
        }
        pinnedNs = ns;
    }

    /** How many events there were before the last command. */
    int eventsBeforeLast() {
        return eventsBeforeLast;
    }

    long nextNs() {
        return pinnedNs != 0 ? pinnedNs : ledger.lastTimestampNs() + 1;
    }

    /** Sends a command, encoded for the time it gets. */
    List<PageReply> send(LongFunction<DirectBuffer> encode) {
        while (!unrepeated.isEmpty() && mayInsert()) {
            repeat(unrepeated.remove());
        }
        if (mode == LedgerPage.Mode.EVERY_COMMAND_FIRST_IN_A_FAILED_CHAIN && mayInsert()) {
            tryInFailedChain(encode.apply(ledger.lastTimestampNs() + 1));
        }
        if (mode == LedgerPage.Mode.RESTARTED_BEFORE_EVERY_COMMAND) {
            ledger.restart();
        }
        long ns = nextNs();
        pinnedNs = 0;
        DirectBuffer command = encode.apply(ns);
        eventsBeforeLast = ledger.events.size();
        List<PageReply> replies = PageReply.decode(ledger.applyAt(ns, command));
        Sent sent = new Sent(command, replies);
        all.put(command, sent);
        if (mode == LedgerPage.Mode.EVERY_COMMAND_TWICE) {
            unrepeated.add(sent);
        }
        return replies;
    }

    /** Whether the page says nothing of the next nanosecond, so that something may be done in it. */
    private boolean mayInsert() {
        long ns = ledger.lastTimestampNs() + 1;
        return (pinnedNs == 0 || ns < pinnedNs) && ns < ledger.processor.nextDeadlineNs();
    }

    /** Sends everything once more, at the very end. */
    void repeatAll() {
        if (mode == LedgerPage.Mode.EVERY_COMMAND_TWICE) {
            ledger.apply(PageCommands.tick());
            all.values().forEach(this::repeat);
        }
    }

    private void repeat(Sent sent) {
        boolean sound =
                MessageShape.isWellFormed(sent.command(), 0, sent.command().capacity())
                        && MessageShape.isJournaled(sent.command(), 0);
        boolean decided = sent.replies().stream().noneMatch(reply -> NOT_REMEMBERED.contains(reply.outcome()));
        if (sound && decided && views.isRemembered(sent.command())) {
            List<String> before = views.everything();
            int events = ledger.events.size();
            List<PageReply> again = PageReply.decode(ledger.apply(sent.command()));
            for (int i = 0; i < again.size(); i++) {
                checkRepeated(sent.replies().get(i), again.get(i));
            }
            PageFailure.check(ledger.events.size() == events, "a retry wrote an event");
            List<String> after = views.everything();
            PageFailure.check(
                    before.equals(after), "a retry changed something: " + PageViews.difference(before, after));
        }
    }

    private static void checkRepeated(PageReply first, PageReply again) {
        boolean conflict = first.outcome() == Outcome.IDEMPOTENCY_CONFLICT;
        PageFailure.check(
                again.outcome() == first.outcome()
                        && again.replayed() != conflict
                        && again.numbers().get("event").equals(first.numbers().get("event")),
                "sent again, " + first + " became " + again);
    }

    /** The same under other ids, linked to something that fails: as if it had never been. */
    private void tryInFailedChain(DirectBuffer command) {
        if (!MessageShape.isWellFormed(command, 0, command.capacity())) {
            return;
        }
        List<DirectBuffer> items = switch (MessageShape.templateId(command, 0)) {
            case TransferDecoder.TEMPLATE_ID,
                    MultiTransferDecoder.TEMPLATE_ID,
                    PostHoldDecoder.TEMPLATE_ID,
                    VoidHoldDecoder.TEMPLATE_ID,
                    ExtendHoldDecoder.TEMPLATE_ID -> List.of(command);
            case BatchDecoder.TEMPLATE_ID -> FailedChain.items(command);
            default -> List.of();
        };
        if (!items.isEmpty() && items.size() < MessageShape.MAX_BATCH_ITEMS) {
            List<String> before = views.everything();
            tries++;
            ledger.apply(FailedChain.of(items, tries));
            List<String> after = views.everything();
            PageFailure.check(
                    before.equals(after), "a chain that failed left something: " + PageViews.difference(before, after));
        }
    }
}
