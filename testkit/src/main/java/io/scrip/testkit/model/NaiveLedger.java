package io.scrip.testkit.model;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.TickDecoder;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The ledger as the specification tells it, in maps and big integers: an oracle for the real core, with which it
 * shares nothing but the message codecs. One thread. Commands come in journal order with their journal times
 * (nanoseconds since 1970 UTC); nothing that a buffer holds makes it throw.
 */
public final class NaiveLedger {
    /** Resolved holds whose ids are forgotten go this many at a time, one lot with each command. */
    private static final int HOLDS_FORGOTTEN_AT_ONCE = 64;

    private final NaiveBooks books = new NaiveBooks();
    private final NaiveRules rules = new NaiveRules(books);
    private final NaiveIds ids;
    private final NaiveDecider decider;
    private final NaiveDeadlines deadlines;
    private final NaiveQueries queries;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /**
     * @param windowNs   how long ids are remembered
     * @param maxIds     how many ids are remembered at most
     * @param segmentIds how many are forgotten together
     */
    public NaiveLedger(long windowNs, long maxIds, long segmentIds) {
        NaiveLots lots = new NaiveLots(books);
        NaiveHolds holds = new NaiveHolds(books, lots, rules);
        ids = new NaiveIds(windowNs, maxIds, segmentIds);
        deadlines = new NaiveDeadlines(books, holds, lots);
        decider = new NaiveDecider(books, ids, new NaiveOperations(books, lots, rules, holds), deadlines);
        queries = new NaiveQueries(books, rules, ids);
    }

    static boolean isOperator(Role role) {
        return role == Role.OPERATOR || role == Role.SYSTEM;
    }

    /** Decides one journaled command, the whole of a buffer; what it wrote is then in {@link #facts}. */
    public Answer apply(DirectBuffer command, long sequence, long timestampNs) {
        books.beginCommand(sequence, timestampNs);
        ids.advance(timestampNs);
        forgetHolds();
        deadlines.keep();
        if (!NaiveShape.isCommand(command, 0, command.capacity())) {
            return decider.answer(Id.NONE, 0, Outcome.MALFORMED, false, 0);
        }
        int templateId = header.wrap(command, 0).templateId();
        return switch (templateId) {
            case TickDecoder.TEMPLATE_ID -> decider.answer(Id.NONE, templateId, Outcome.APPLIED, false, 0);
            case BatchDecoder.TEMPLATE_ID ->
                Answer.batch(books.sequence, books.timestampNs, Outcome.APPLIED, decider.batch(command));
            default -> decider.decide(command, 0, command.capacity());
        };
    }

    /** What a well-formed dry run of a transfer would say now; changes nothing. */
    public Answer project(DirectBuffer command) {
        return decider.project(command);
    }

    /** The events of the last command, in order; valid until the next. */
    public List<Fact> facts() {
        return books.facts;
    }

    /** When the next hold expires, or the next lot becomes good or expires; the largest long without any. */
    public long nextDeadlineNs() {
        return deadlines.nextNs();
    }

    public long sequence() {
        return books.sequence;
    }

    public long timestampNs() {
        return books.timestampNs;
    }

    /** Event sequence of the last event. */
    public long lastEvent() {
        return books.lastEvent;
    }

    /** Whether everything that was debited was credited. Walks all accounts. */
    public boolean isZeroSum() {
        return books.isZeroSum();
    }

    /** Wallets are numbered from 1 to this. */
    public long wallets() {
        return books.wallets.size();
    }

    /** The registered tokens' packed codes, in order of registration. */
    public List<Long> tokens() {
        return List.copyOf(books.tokens.keySet());
    }

    /** A wallet's accounts in the order they were opened. */
    public List<AccountKey> accounts(long wallet) {
        return books.accountsOf(wallet);
    }

    /** What a query of an existing wallet answers to who may read it. */
    public WalletView wallet(long wallet) {
        return queries.wallet(wallet);
    }

    /** What bounds an existing wallet. */
    public ControlsView controls(long wallet) {
        return queries.controls(wallet);
    }

    /** The lots of an account of an existing wallet and token. */
    public LotsView lots(AccountKey account) {
        return queries.lots(account);
    }

    public SettingsView settings() {
        return queries.settings();
    }

    public TrialBalanceView trialBalance() {
        return queries.trialBalance();
    }

    public OutcomeView outcome(Id id) {
        return queries.outcome(id);
    }

    /** An account's balances, opened or not. */
    public Balances balances(AccountKey account) {
        return books.balances(account);
    }

    /** What may still be debited, held at the ends of 64 bits. */
    public long available(AccountKey account) {
        return Numbers.shown(books.account(account).available());
    }

    /** What may still be credited, held at the ends of 64 bits. */
    public long room(AccountKey account) {
        return Numbers.shown(books.account(account).room());
    }

    public int pendingHolds() {
        return books.pending.size();
    }

    /** The pending hold that expires first, null without any. */
    public HoldView firstHold() {
        return books.byExpiry.isEmpty() ? null : HoldView.of(books.byExpiry.first());
    }

    /** A hold that is pending, or resolved and not forgotten; null otherwise. */
    public HoldView hold(Id id) {
        NaiveHold hold = books.hold(id);
        return hold == null ? null : HoldView.of(hold);
    }

    private void forgetHolds() {
        Iterator<NaiveHold> oldest = books.resolved.values().iterator();
        for (int i = 0; i < HOLDS_FORGOTTEN_AT_ONCE && oldest.hasNext(); i++) {
            if (oldest.next().resolvedEvent() > ids.forgottenEvent()) {
                return;
            }
            oldest.remove();
        }
    }

    /** The id of a command; none of bytes that are too short to have one. */
    public static Id idOf(DirectBuffer command, int offset) {
        int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        if (command.capacity() < at + 2 * Long.BYTES) {
            return Id.NONE;
        }
        return new Id(
                command.getLong(at, ByteOrder.LITTLE_ENDIAN),
                command.getLong(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN));
    }
}
