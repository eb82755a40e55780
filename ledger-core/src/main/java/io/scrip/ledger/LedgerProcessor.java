package io.scrip.ledger;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.GetControlsDecoder;
import io.scrip.protocol.GetLotsDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetSettingsDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import org.agrona.DirectBuffer;

/**
 * The core's door: one thread hands in commands in journal order, and every byte of state, reply and event follows
 * from them. Time is an argument. Nothing a client can send makes it throw; a {@link LedgerFault} means that the host
 * or the core itself is broken, and the process must halt.
 */
public final class LedgerProcessor {
    /** So many commands' places in memory are waited for together. */
    public static final int FORESEEN_TOGETHER = 16;

    private final LedgerState state;
    private final EventWriter events;
    private final ReplyWriter replies;
    private final Queries queries;
    private final ControlQuery controlQuery;
    private final SettingsQuery settingsQuery;
    private final Decider decider;
    private final BatchOperation batch;
    private final Decision decision;
    private final Foresight foresight;

    public LedgerProcessor(Retention retention, EventSink eventSink) {
        this(new LedgerState(retention), eventSink);
    }

    private LedgerProcessor(LedgerState state, EventSink eventSink) {
        this.state = state;
        events = new EventWriter(state, eventSink);
        replies = new ReplyWriter(state);
        queries = new Queries(state, replies);
        controlQuery = new ControlQuery(state, replies);
        settingsQuery = new SettingsQuery(state);
        decider = new Decider(state, events);
        foresight = new Foresight(state);
        batch = new BatchOperation(state, events, decider, foresight);
        decision = new Decision(state);
    }

    /**
     * Says what is likely to come soon, so that its accounts are near when it comes: a host that has several commands
     * waiting names the next {@link #FORESEEN_TOGETHER}, hands them in, and so on. Changes nothing, takes any bytes, and
     * nothing depends on it but time.
     */
    public void foresee(DirectBuffer buffer, int offset, int length) {
        foresight.note(buffer, offset, length);
    }

    /** Says that so many commands will come at once, as when a journal is replayed. Nothing depends on it but time. */
    public void expect(long commands) {
        state.ids.expect(commands);
    }

    /**
     * Applies one journaled command.
     *
     * @param sequence    the one after the last
     * @param timestampNs greater than the last
     */
    public void onCommand(
            long sequence, long timestampNs, DirectBuffer buffer, int offset, int length, CommandReplySink sink) {
        if (sequence != state.lastSequence + 1 || timestampNs <= state.lastTimestampNs) {
            throw new LedgerFault("command " + sequence + " at " + timestampNs + " cannot follow " + state.lastSequence
                    + " at " + state.lastTimestampNs);
        }
        foresight.look();
        state.lastSequence = sequence;
        state.lastTimestampNs = timestampNs;
        state.ids.advance(timestampNs);
        state.holds.reclaim(state.ids.forgottenEvent());
        decider.keepDeadlines(sequence, timestampNs);
        decision.begin(sequence, timestampNs);

        if (!MessageShape.isWellFormed(buffer, offset, length) || !MessageShape.isJournaled(buffer, offset)) {
            replies.writeRefusal(Outcome.MALFORMED, 0, 0, 0, sink);
            return;
        }
        int templateId = MessageShape.templateId(buffer, offset);
        if (templateId == TickDecoder.TEMPLATE_ID) {
            replies.writeDecision(decision, templateId, sink);
            return;
        }
        if (templateId == BatchDecoder.TEMPLATE_ID) {
            batch.apply(buffer, offset, decision);
            replies.writeBatch(decision, batch.results(), sink);
            return;
        }
        decider.decide(buffer, offset, length, decision);
        replies.writeDecision(decision, templateId, sink);
        // What was given back may have expired while it was held. The reply tells the balances of the command's own
        // events, as a replay of it will.
        decider.keepDeadlines(sequence, timestampNs);
    }

    /** Answers a query, or projects a dry run, as of the last command. Changes nothing. */
    public void onQuery(DirectBuffer buffer, int offset, int length, CommandReplySink sink) {
        if (!MessageShape.isWellFormed(buffer, offset, length) || MessageShape.isJournaled(buffer, offset)) {
            replies.writeRefusal(Outcome.MALFORMED, 0, 0, 0, sink);
            return;
        }
        switch (MessageShape.templateId(buffer, offset)) {
            case GetWalletDecoder.TEMPLATE_ID -> queries.wallet(buffer, offset, sink);
            case GetOutcomeDecoder.TEMPLATE_ID -> queries.outcome(buffer, offset, sink);
            case GetControlsDecoder.TEMPLATE_ID -> controlQuery.answer(buffer, offset, sink);
            case GetLotsDecoder.TEMPLATE_ID -> queries.lots(buffer, offset, sink);
            case GetSettingsDecoder.TEMPLATE_ID -> settingsQuery.answer(sink);
            case GetTrialBalanceDecoder.TEMPLATE_ID -> queries.trialBalance(buffer, offset, sink);
            case TransferDecoder.TEMPLATE_ID -> {
                decision.begin(state.lastSequence, state.lastTimestampNs);
                Runnable reply = () -> replies.writeDecision(decision, TransferDecoder.TEMPLATE_ID, sink);
                decider.project(buffer, offset, length, decision, reply);
            }
            default -> throw new LedgerFault("a query that the shape check should have refused");
        }
    }

    /** When the next deadline passes that nothing but a command keeps; {@code Long.MAX_VALUE} without any. */
    public long nextDeadlineNs() {
        return Math.min(Deadlines.first(state.holds.deadlines()), Deadlines.first(state.lots.deadlines()));
    }

    /** Sequence of the last command applied, 0 before the first. */
    public long lastSequence() {
        return state.lastSequence;
    }

    /** Timestamp of the last command applied, 0 before the first. */
    public long lastTimestampNs() {
        return state.lastTimestampNs;
    }

    /** Event sequence of the last event handed to the sink, 0 before the first. */
    public long lastEventSequence() {
        return state.lastEventSequence;
    }

    /**
     * A hash over the whole state: equal in every core that has applied the same commands, read from a snapshot or not.
     * Kept up to date by every write, so that asking walks nothing and may be done after any command.
     */
    public long stateHash() {
        return state.hash();
    }

    /** Writes the whole state as records of at most 64 KiB: the same bytes for the same state. Between commands only. */
    public void writeTo(SnapshotSink sink) {
        state.writeTo(sink);
    }

    /**
     * A core that goes on where the written one was: the same replies, events and snapshots for ever after.
     *
     * @throws SnapshotException when the source is not a whole, undamaged snapshot made with this retention; no core
     *     comes of part of one
     */
    public static LedgerProcessor readFrom(SnapshotSource source, Retention retention, EventSink eventSink)
            throws SnapshotException {
        return new LedgerProcessor(LedgerState.readFrom(source, retention), eventSink);
    }

    /**
     * Sums over all accounts, added up anew. Walks all accounts.
     *
     * @throws LedgerFault when they are not the sums that were kept with every posting
     */
    public TrialBalance trialBalance() {
        TrialBalance sums = TrialBalance.of(state);
        if (!sums.isLike(TrialBalance.kept(state.tokens))) {
            throw new LedgerFault("the sums over all accounts are not the sums of all postings");
        }
        return sums;
    }

    /** Hands every recorded key hash to a host that has to recognise keys: wallets first, then operators' (as 0). */
    public void forEachKey(KeyConsumer consumer) {
        for (int row = 0; row < state.wallets.count(); row++) {
            consumer.onKey(Wallets.numberOf(row), state.wallets.keyHashHigh(row), state.wallets.keyHashLow(row));
        }
        for (int row = 0; row < state.operatorKeys(); row++) {
            consumer.onKey(0, state.operatorKeyHashHigh(row), state.operatorKeyHashLow(row));
        }
    }

    /** Receives a key hash and the wallet it belongs to, 0 for an operator's. */
    @FunctionalInterface
    public interface KeyConsumer {
        void onKey(long wallet, long keyHashHigh, long keyHashLow);
    }
}
