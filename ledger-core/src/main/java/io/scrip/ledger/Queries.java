package io.scrip.ledger;

import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.GetLotsDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LotsReplyEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TrialBalanceReplyEncoder;
import io.scrip.protocol.WalletReplyEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Answers from the current state; changes nothing. On the core's thread, so always as of one command. */
final class Queries {
    /** Most lots in one answer. */
    private static final int MAX_LOTS = 1000;

    private final LedgerState state;
    private final ReplyWriter replies;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final byte[] owner = new byte[Wallets.MAX_OWNER_BYTES];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GetWalletDecoder getWallet = new GetWalletDecoder();
    private final GetOutcomeDecoder getOutcome = new GetOutcomeDecoder();
    private final GetTrialBalanceDecoder getTrialBalance = new GetTrialBalanceDecoder();
    private final GetLotsDecoder getLots = new GetLotsDecoder();
    private final LotsReplyEncoder lotsReply = new LotsReplyEncoder();
    private final WalletReplyEncoder walletReply = new WalletReplyEncoder();
    private final OutcomeReplyEncoder outcomeReply = new OutcomeReplyEncoder();
    private final TrialBalanceReplyEncoder trialBalanceReply = new TrialBalanceReplyEncoder();

    Queries(LedgerState state, ReplyWriter replies) {
        this.state = state;
        this.replies = replies;
    }

    void wallet(DirectBuffer query, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        getWallet.wrap(query, block, GetWalletDecoder.BLOCK_LENGTH, GetWalletDecoder.SCHEMA_VERSION);
        int row = state.wallets.rowOf(getWallet.wallet());
        if (row < 0 || !mayRead(getWallet.caller(), getWallet.wallet())) {
            replies.writeRefusal(Outcome.UNKNOWN_WALLET, 0, 0, GetWalletDecoder.TEMPLATE_ID, sink);
            return;
        }
        walletReply
                .wrapAndApplyHeader(buffer, 0, header)
                .wallet(getWallet.wallet())
                .flags()
                .clear()
                .frozen(state.wallets.isFrozen(row))
                .closed(state.wallets.isClosed(row));
        walletReply
                .version(version(row))
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs)
                .eventSequence(state.lastEventSequence);
        int last = state.wallets.lastAccount(row);
        int subAccounts = countSubAccounts(last);
        WalletReplyEncoder.AccountsEncoder group = walletReply.accountsCount(state.tokens.count() + subAccounts);
        for (int token = 0; token < state.tokens.count(); token++) {
            int account = state.account(row, token, Accounts.MAIN);
            writeAccount(group.next(), token, Accounts.MAIN, account);
            if (account == Accounts.UNTOUCHED) {
                int vault = state.account(row, token, Accounts.STAKE);
                group.balances().staked(state.accounts.posted(vault));
            }
        }
        for (int account = last; subAccounts > 0; account = state.accounts.nextOfWallet(account)) {
            if (state.accounts.code(account) != Accounts.MAIN) {
                subAccounts--;
                writeAccount(group.next(), state.accounts.tokenRow(account), state.accounts.code(account), account);
            }
        }
        state.wallets.copyOwner(row, owner);
        walletReply.putOwner(owner, 0, state.wallets.ownerLength(row));
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + walletReply.encodedLength());
    }

    private int countSubAccounts(int lastAccount) {
        int count = 0;
        for (int account = lastAccount; account >= 0; account = state.accounts.nextOfWallet(account)) {
            count += state.accounts.code(account) == Accounts.MAIN ? 0 : 1;
        }
        return count;
    }

    private void writeAccount(WalletReplyEncoder.AccountsEncoder entry, int token, int code, int account) {
        entry.token(state.tokens.code(token)).account(code).scale((short) state.tokens.scale(token));
        EventWriter.encodeBalances(entry.balances(), state, account);
        long flags = state.accounts.flags(account);
        entry.lastEventSequence(state.accounts.lastEvent(account))
                .flags()
                .clear()
                .frozen((flags & Accounts.FROZEN) != 0)
                .closed((flags & Accounts.CLOSED) != 0);
    }

    void lots(DirectBuffer query, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        getLots.wrap(query, block, GetLotsDecoder.BLOCK_LENGTH, GetLotsDecoder.SCHEMA_VERSION);
        int wallet = state.wallets.rowOf(getLots.wallet());
        int token = state.tokens.find(getLots.token());
        if (wallet < 0 || !mayRead(getLots.caller(), getLots.wallet())) {
            replies.writeRefusal(Outcome.UNKNOWN_WALLET, 0, 0, GetLotsDecoder.TEMPLATE_ID, sink);
            return;
        }
        if (token < 0) {
            replies.writeRefusal(Outcome.UNKNOWN_TOKEN, 0, 0, GetLotsDecoder.TEMPLATE_ID, sink);
            return;
        }
        int account = state.account(wallet, token, getLots.account());
        lotsReply
                .wrapAndApplyHeader(buffer, 0, header)
                .wallet(getLots.wallet())
                .token(getLots.token())
                .scale((short) state.tokens.scale(token))
                .account(getLots.account())
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs)
                .posted(state.accounts.posted(account))
                .inLots(state.accounts.lotSums().total(account));
        int good = countLots(Lots.GOOD, account, MAX_LOTS);
        int notYet = countLots(Lots.NOT_YET, account, MAX_LOTS - good);
        LotsReplyEncoder.LotsEncoder group = lotsReply.lotsCount(good + notYet);
        writeLots(group, state.lots.first(Lots.GOOD, account), good);
        writeLots(group, state.lots.first(Lots.NOT_YET, account), notYet);
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + lotsReply.encodedLength());
    }

    private int countLots(int kind, int account, int max) {
        int count = 0;
        for (int lot = state.lots.first(kind, account); lot >= 0 && count < max; lot = state.lots.next(lot)) {
            count++;
        }
        return count;
    }

    private void writeLots(LotsReplyEncoder.LotsEncoder group, int firstLot, int count) {
        int lot = firstLot;
        for (int i = 0; i < count; i++, lot = state.lots.next(lot)) {
            group.next()
                    .amount(state.lots.amount(lot))
                    .terms()
                    .category(state.lots.category(lot))
                    .priority((short) state.lots.priority(lot))
                    .effectiveAt(state.lots.effectiveNs(lot))
                    .expiresAt(state.lots.expiresNs(lot))
                    .convertibleFrom(state.lots.convertibleFromNs(lot));
        }
    }

    private static boolean mayRead(CallerDecoder caller, long wallet) {
        return caller.role() != Role.WALLET || caller.wallet() == wallet;
    }

    void outcome(DirectBuffer query, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        getOutcome.wrap(query, block, GetOutcomeDecoder.BLOCK_LENGTH, GetOutcomeDecoder.SCHEMA_VERSION);
        long high = getOutcome.id().high();
        long low = getOutcome.id().low();
        outcomeReply.wrapAndApplyHeader(buffer, 0, header).id().high(high).low(low);
        int hold = state.holds.find(high, low);
        boolean pending = hold >= 0 && state.holds.status(hold) == HoldStatus.PENDING;
        long eventSequence = state.ids.find(high, low) ? state.ids.eventSequence() : 0;
        if (eventSequence == 0 && pending) {
            // A hold may outlive the memory of its id.
            eventSequence = state.holds.eventSequence(hold);
        }
        outcomeReply
                .eventSequence(eventSequence)
                .holdStatus(hold < 0 ? HoldStatus.NONE : state.holds.status(hold))
                .holdLeft(hold < 0 ? 0 : state.holds.left(hold))
                .expiresAt(hold < 0 ? 0 : state.holds.expiresNs(hold))
                .reversed(state.reversals.amount(state.reversals.find(high, low)));
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + outcomeReply.encodedLength());
    }

    void trialBalance(DirectBuffer query, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        getTrialBalance.wrap(query, block, GetTrialBalanceDecoder.BLOCK_LENGTH, GetTrialBalanceDecoder.SCHEMA_VERSION);
        if (getTrialBalance.caller().role() == Role.WALLET) {
            replies.writeRefusal(Outcome.NOT_AUTHORIZED, 0, 0, GetTrialBalanceDecoder.TEMPLATE_ID, sink);
            return;
        }
        TrialBalance sums = TrialBalance.kept(state.tokens);
        trialBalanceReply
                .wrapAndApplyHeader(buffer, 0, header)
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs);
        TrialBalanceReplyEncoder.TokensEncoder group = trialBalanceReply.tokensCount(state.tokens.count());
        for (int token = 0; token < state.tokens.count(); token++) {
            group.next()
                    .token(state.tokens.code(token))
                    .scale((short) state.tokens.scale(token))
                    .transferable((short) (state.tokens.isTransferable(token) ? 1 : 0))
                    .accounts(sums.accounts(token))
                    .debitsHigh(sums.debitsHigh(token))
                    .debitsLow(sums.debitsLow(token))
                    .creditsHigh(sums.creditsHigh(token))
                    .creditsLow(sums.creditsLow(token));
        }
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + trialBalanceReply.encodedLength());
    }

    /** Of the wallet itself and all its accounts: grows with each change of any of them. */
    private long version(int walletRow) {
        long version = state.wallets.version(walletRow);
        for (int account = state.wallets.lastAccount(walletRow);
                account >= 0;
                account = state.accounts.nextOfWallet(account)) {
            version += state.accounts.version(account);
        }
        return version;
    }
}
