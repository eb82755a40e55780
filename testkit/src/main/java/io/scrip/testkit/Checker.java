package io.scrip.testkit;

import io.scrip.protocol.ControlsReplyDecoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import io.scrip.testkit.model.AccountKey;
import io.scrip.testkit.model.Answer;
import io.scrip.testkit.model.ControlsView;
import io.scrip.testkit.model.Fact;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.LotsView;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.model.OutcomeView;
import io.scrip.testkit.model.SettingsView;
import io.scrip.testkit.model.TrialBalanceView;
import io.scrip.testkit.model.WalletView;
import io.scrip.testkit.workload.Messages;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;

/**
 * Holds what the core says against the model: each reply, each event, and from time to time everything it can be
 * asked. Any difference is a {@link Mismatch}. One thread.
 */
public final class Checker {
    private final NaiveLedger model;
    private final Messages messages = new Messages();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    /** Events of the core that the model has not been asked about yet. */
    private final Deque<Fact> facts = new ArrayDeque<>();

    public Checker(NaiveLedger model) {
        this.model = model;
    }

    public NaiveLedger model() {
        return model;
    }

    /** Takes an event of the core; fits its event sink. */
    public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        Fact fact = Fact.decode(event, offset);
        Mismatch.unlessEqual(eventSequence, fact.eventSequence(), "sequence in event", eventSequence);
        facts.add(fact);
    }

    /** Forgets the events of a process that has died. */
    public void forgetEvents() {
        facts.clear();
    }

    /**
     * Lets the model decide a journaled command that the core has decided, and compares the reply and all events that
     * came since the last command.
     *
     * @param reply the core's, or null when it was lost with its process
     * @return what the model answers
     */
    public Answer check(DirectBuffer command, long sequence, long timestampNs, DirectBuffer reply) {
        Answer expected = model.apply(command, sequence, timestampNs);
        if (reply != null) {
            compare(expected, reply);
        }
        for (Fact fact : model.facts()) {
            Fact actual = facts.poll();
            if (actual == null) {
                throw new Mismatch("command " + sequence + " wrote fewer events: missing is " + fact);
            }
            Mismatch.unlessEqual(fact, actual, "event", fact.eventSequence());
        }
        if (!facts.isEmpty()) {
            throw new Mismatch("command " + sequence + " wrote an event too many: " + facts.peek());
        }
        return expected;
    }

    /** Compares a reply of the core with what the model said before, as to a retry. */
    public void compare(Answer expected, DirectBuffer reply) {
        Answer actual = Answer.decode(reply, 0);
        Mismatch.unlessEqual(expected.items(), actual.items(), "reply to item of batch", expected.sequence());
        Mismatch.unlessEqual(expected, actual, "reply to command", expected.sequence());
    }

    /** Compares the core's reply to a well-formed dry run. */
    public void checkDryRun(DirectBuffer command, DirectBuffer reply) {
        Mismatch.unlessEqual(model.project(command), Answer.decode(reply, 0), "dry run after", model.sequence());
    }

    /**
     * Asks the core for everything: every wallet with its rules and lots, the trial balance, and the given ids. Walks
     * all accounts.
     *
     * @param core answers an encoded query with its encoded reply, valid until the next
     */
    public void compareAll(UnaryOperator<DirectBuffer> core, Collection<Id> ids) {
        compareTrialBalance(core);
        DirectBuffer settings = expect(core.apply(messages.getSettings()), SettingsReplyDecoder.TEMPLATE_ID);
        Mismatch.unlessEqual(
                model.settings(),
                SettingsView.of(new SettingsReplyDecoder().wrapAndApplyHeader(settings, 0, header)),
                "settings after",
                model.sequence());
        for (long wallet = 1; wallet <= model.wallets(); wallet++) {
            compareWallet(wallet, core);
        }
        for (Id id : ids) {
            compareOutcome(id, core);
        }
    }

    /** Compares one wallet: its accounts, its rules, its lots. */
    public void compareWallet(long wallet, UnaryOperator<DirectBuffer> core) {
        DirectBuffer reply = expect(core.apply(messages.getWallet(wallet)), WalletReplyDecoder.TEMPLATE_ID);
        WalletReplyDecoder decoder = new WalletReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        WalletView expected = model.wallet(wallet);
        WalletView actual = WalletView.of(decoder);
        Mismatch.unlessEqual(expected.accounts(), actual.accounts(), "accounts of wallet", wallet);
        Mismatch.unlessEqual(expected, actual, "wallet", wallet);
        DirectBuffer controls = expect(core.apply(messages.getControls(wallet)), ControlsReplyDecoder.TEMPLATE_ID);
        Mismatch.unlessEqual(
                model.controls(wallet),
                ControlsView.of(new ControlsReplyDecoder().wrapAndApplyHeader(controls, 0, header)),
                "controls of wallet",
                wallet);
        for (AccountKey account : model.accounts(wallet)) {
            DirectBuffer lots = expect(core.apply(messages.getLots(account)), LotsReplyDecoder.TEMPLATE_ID);
            Mismatch.unlessEqual(
                    model.lots(account),
                    LotsView.of(new LotsReplyDecoder().wrapAndApplyHeader(lots, 0, header)),
                    "lots of wallet",
                    wallet);
        }
    }

    /** Compares the trial balance, which must be zero. Walks all accounts. */
    public void compareTrialBalance(UnaryOperator<DirectBuffer> core) {
        DirectBuffer reply = expect(core.apply(messages.getTrialBalance()), TrialBalanceReplyDecoder.TEMPLATE_ID);
        TrialBalanceView actual =
                TrialBalanceView.of(new TrialBalanceReplyDecoder().wrapAndApplyHeader(reply, 0, header));
        Mismatch.unlessEqual(model.trialBalance(), actual, "trial balance after", model.sequence());
        if (!actual.isZero() || !model.isZeroSum()) {
            throw new Mismatch("the trial balance is not zero: " + actual);
        }
    }

    /** Compares what is known of an id. */
    public void compareOutcome(Id id, UnaryOperator<DirectBuffer> core) {
        DirectBuffer reply = expect(core.apply(messages.getOutcome(id)), OutcomeReplyDecoder.TEMPLATE_ID);
        OutcomeReplyDecoder decoder = new OutcomeReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        Mismatch.unlessEqual(model.outcome(id), OutcomeView.of(decoder), "outcome after", model.sequence());
    }

    private DirectBuffer expect(DirectBuffer reply, int templateId) {
        if (header.wrap(reply, 0).templateId() != templateId) {
            throw new Mismatch("a query was answered with template " + header.templateId() + ", not " + templateId);
        }
        return reply;
    }
}
