package io.scrip.testkit;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;

/**
 * Holds what the core says against the model: each reply, each event, and from time to time everything it can be
 * asked. One thread.
 */
final class Checker {
    final NaiveLedger model;
    private final Messages messages = new Messages();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandReplyDecoder commandReply = new CommandReplyDecoder();
    private final BatchReplyDecoder batchReply = new BatchReplyDecoder();
    /** Events of the core that the model has not been asked about yet. */
    private final Deque<Fact> facts = new ArrayDeque<>();

    Checker(NaiveLedger model) {
        this.model = model;
    }

    /** Takes an event of the core. */
    void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        Fact fact = Fact.decode(event, offset);
        Mismatch.when(
                fact.eventSequence() != eventSequence,
                "event " + eventSequence + " says it is " + fact.eventSequence());
        facts.add(fact);
    }

    /** Forgets events of a process that has died. */
    void forgetEvents() {
        facts.clear();
    }

    /** Lets the model decide a journaled command and compares; without a reply only its events. */
    List<Answer> check(long sequence, long timestampNs, DirectBuffer command, boolean wellFormed, DirectBuffer reply) {
        List<Answer> expected = model.apply(sequence, timestampNs, command, wellFormed);
        if (reply != null) {
            compareReply(sequence, timestampNs, expected, reply);
        }
        for (Fact fact : model.books.facts) {
            Fact actual = facts.poll();
            Mismatch.when(actual == null, "command " + sequence + " wrote fewer events: missing is " + fact);
            Mismatch.unlessEqual(fact, actual, "event of command " + sequence);
        }
        return expected;
    }

    /** All events must have been accounted for, and nothing come from nothing. */
    void checkSettled() {
        Mismatch.when(!facts.isEmpty(), "an event that the model does not know: " + facts.peek());
        Mismatch.when(!model.books.isZeroSum(), "the model itself is not balanced");
    }

    void checkDryRun(DirectBuffer command, DirectBuffer reply) {
        Answer expected = model.dryRun(command);
        Answer actual = Answer.of(commandReply.wrapAndApplyHeader(reply, 0, header));
        Mismatch.unlessEqual(expected, actual, "dry run");
    }

    private void compareReply(long sequence, long timestampNs, List<Answer> expected, DirectBuffer reply) {
        if (header.wrap(reply, 0).templateId() != BatchReplyDecoder.TEMPLATE_ID) {
            commandReply.wrapAndApplyHeader(reply, 0, header);
            Mismatch.unlessEqual(sequence, commandReply.sequence(), "sequence in a reply");
            Mismatch.unlessEqual(timestampNs, commandReply.timestamp(), "timestamp in a reply");
            Mismatch.unlessEqual(expected, List.of(Answer.of(commandReply)), "reply to command " + sequence);
            return;
        }
        batchReply.wrapAndApplyHeader(reply, 0, header);
        Mismatch.unlessEqual(sequence, batchReply.sequence(), "sequence in a batch's reply");
        List<Answer> actual = new ArrayList<>();
        for (BatchReplyDecoder.ResultsDecoder result : batchReply.results()) {
            actual.add(new Answer(
                    result.outcome(),
                    result.flags().replayed(),
                    false,
                    result.eventSequence(),
                    0,
                    result.amount(),
                    0,
                    FeePayer.RECEIVER,
                    0,
                    result.needed(),
                    result.available(),
                    result.limitValue(),
                    Balances.NONE,
                    Balances.NONE));
        }
        Mismatch.unlessEqual(expected.size(), actual.size(), "results of batch " + sequence);
        for (int i = 0; i < actual.size(); i++) {
            Mismatch.unlessEqual(expected.get(i), actual.get(i), "item " + i + " of batch " + sequence);
        }
    }

    /** Asks the core for everything: every wallet, the trial balance, and the given ids. */
    void compareAll(UnaryOperator<DirectBuffer> core, List<Id> ids) {
        for (long wallet = 1; wallet <= model.books.wallets.size(); wallet++) {
            compareWallet(wallet, core.apply(messages.getWallet(wallet)));
        }
        compareTrialBalance(core.apply(messages.getTrialBalance()));
        for (Id id : ids) {
            compareOutcome(id, core.apply(messages.getOutcome(id)));
        }
    }

    private void compareWallet(long number, DirectBuffer reply) {
        NaiveBooks books = model.books;
        NaiveBooks.Wallet wallet = books.wallets.get(number);
        List<AccountKey> keys = new ArrayList<>();
        List<AccountKey> subAccounts = new ArrayList<>();
        long version = wallet.version();
        for (long token : books.tokens.keySet()) {
            keys.add(new AccountKey(number, token, AccountKey.MAIN));
        }
        for (AccountKey key : books.accountsOf(number)) {
            version += books.account(key).version();
            if (key.code() != AccountKey.MAIN) {
                subAccounts.add(0, key);
            }
        }
        keys.addAll(subAccounts);
        WalletReplyDecoder decoder = new WalletReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        String what = "wallet " + number;
        Mismatch.unlessEqual(wallet.frozen(), decoder.flags().frozen(), what + " frozen");
        Mismatch.unlessEqual(wallet.closed(), decoder.flags().closed(), what + " closed");
        Mismatch.unlessEqual(version, decoder.version(), what + " version");
        Mismatch.unlessEqual(books.lastEvent, decoder.eventSequence(), what + " last event");
        WalletReplyDecoder.AccountsDecoder accounts = decoder.accounts();
        Mismatch.unlessEqual(keys.size(), accounts.count(), what + " accounts");
        for (AccountKey expected : keys) {
            accounts.next();
            AccountKey actual = new AccountKey(number, accounts.token(), accounts.account());
            Mismatch.unlessEqual(expected, actual, what + " account");
            Balances balances = Balances.of(accounts.balances());
            Mismatch.unlessEqual(books.balances(expected), balances, "balances of " + expected);
            long lastEvent = books.account(expected).lastEvent();
            Mismatch.unlessEqual(lastEvent, accounts.lastEventSequence(), "last event of " + expected);
        }
        Mismatch.unlessEqual(wallet.owner(), decoder.owner(), what + " owner");
    }

    private void compareTrialBalance(DirectBuffer reply) {
        TrialBalanceReplyDecoder decoder = new TrialBalanceReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        TrialBalanceReplyDecoder.TokensDecoder tokens = decoder.tokens();
        Mismatch.unlessEqual(model.books.tokens.size(), tokens.count(), "tokens in the trial balance");
        for (Map.Entry<Long, NaiveBooks.Token> entry : model.books.tokens.entrySet()) {
            tokens.next();
            BigInteger debits = BigInteger.ZERO;
            BigInteger credits = BigInteger.ZERO;
            long accounts = 0;
            for (Map.Entry<AccountKey, NaiveAccount> account : model.books.accounts.entrySet()) {
                if (account.getKey().token() == entry.getKey()) {
                    debits = debits.add(account.getValue().debitsPosted());
                    credits = credits.add(account.getValue().creditsPosted());
                    accounts++;
                }
            }
            String what = "trial balance of " + entry.getKey() + ": ";
            Mismatch.unlessEqual(entry.getKey(), tokens.token(), what + "token");
            Mismatch.unlessEqual(entry.getValue().scale(), (int) tokens.scale(), what + "scale");
            Mismatch.unlessEqual(accounts, tokens.accounts(), what + "accounts");
            Mismatch.unlessEqual(debits, wide(tokens.debitsHigh(), tokens.debitsLow()), what + "debits");
            Mismatch.unlessEqual(credits, wide(tokens.creditsHigh(), tokens.creditsLow()), what + "credits");
            Mismatch.unlessEqual(debits, credits, what + "sum");
        }
    }

    private static BigInteger wide(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }

    private void compareOutcome(Id id, DirectBuffer reply) {
        OutcomeReplyDecoder decoder = new OutcomeReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        NaiveHold hold = model.books.hold(id);
        boolean pending = hold != null && hold.status() == HoldStatus.PENDING;
        NaiveBooks.Reversed reversed = model.books.reversed.get(id);
        Mismatch.unlessEqual(model.rememberedEvent(id), decoder.eventSequence(), "event of " + id);
        Mismatch.unlessEqual(hold == null ? HoldStatus.NONE : hold.status(), decoder.holdStatus(), "hold " + id);
        Mismatch.unlessEqual(pending ? hold.left().longValueExact() : 0, decoder.holdLeft(), "left of " + id);
        Mismatch.unlessEqual(pending ? hold.expiresNs() : 0, decoder.expiresAt(), "expiry of " + id);
        Mismatch.unlessEqual(
                reversed == null ? 0 : reversed.amount().longValueExact(), decoder.reversed(), "reversed of " + id);
    }
}
