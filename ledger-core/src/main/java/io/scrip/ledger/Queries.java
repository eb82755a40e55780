package io.scrip.ledger;

import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.HoldStatus;
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
    private final LedgerState state;
    private final ReplyWriter replies;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final byte[] owner = new byte[Wallets.MAX_OWNER_BYTES];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GetWalletDecoder getWallet = new GetWalletDecoder();
    private final GetOutcomeDecoder getOutcome = new GetOutcomeDecoder();
    private final GetTrialBalanceDecoder getTrialBalance = new GetTrialBalanceDecoder();
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
        Role role = getWallet.caller().role();
        boolean own = role == Role.WALLET && getWallet.caller().wallet() == getWallet.wallet();
        boolean mayRead = own || role == Role.OPERATOR || role == Role.AUDITOR || role == Role.SYSTEM;
        if (row < 0 || !mayRead) {
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
        WalletReplyEncoder.AccountsEncoder group =
                walletReply.accountsCount(state.tokens.count() + countSubAccounts(last));
        for (int token = 0; token < state.tokens.count(); token++) {
            int account = state.account(row, token, Accounts.MAIN);
            writeAccount(group.next(), token, Accounts.MAIN, account);
        }
        for (int account = last; account >= 0; account = state.accounts.nextOfWallet(account)) {
            if (state.accounts.code(account) != Accounts.MAIN) {
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
        entry.lastEventSequence(state.accounts.lastEvent(account));
    }

    void outcome(DirectBuffer query, int offset, CommandReplySink sink) {
        int block = offset + MessageShape.HEADER_BYTES;
        getOutcome.wrap(query, block, GetOutcomeDecoder.BLOCK_LENGTH, GetOutcomeDecoder.SCHEMA_VERSION);
        long high = getOutcome.id().high();
        long low = getOutcome.id().low();
        outcomeReply.wrapAndApplyHeader(buffer, 0, header).id().high(high).low(low);
        int hold = state.holds.find(high, low);
        boolean pending = hold >= 0 && state.holds.status(hold) == HoldStatus.PENDING;
        outcomeReply
                .eventSequence(state.ids.find(high, low) ? state.ids.eventSequence() : 0)
                .holdStatus(hold < 0 ? HoldStatus.NONE : state.holds.status(hold))
                .holdLeft(pending ? state.holds.left(hold) : 0)
                .expiresAt(pending ? state.holds.expiresNs(hold) : 0)
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
        TrialBalance sums = TrialBalance.of(state);
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
