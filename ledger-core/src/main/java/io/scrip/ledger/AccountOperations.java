package io.scrip.ledger;

import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.StatusChange;

/** What an operator decides about accounts: floor and ceiling, frozen or not, closed. */
final class AccountOperations {
    private final LedgerState state;
    private final SetBoundsDecoder setBounds = new SetBoundsDecoder();
    private final ChangeStatusDecoder changeStatus = new ChangeStatusDecoder();

    AccountOperations(LedgerState state) {
        this.state = state;
    }

    /** New bounds hold from now on; a balance that is already outside may only move towards them. */
    Outcome setBounds(Decision decision) {
        setBounds.wrap(
                decision.command, decision.block(), SetBoundsDecoder.BLOCK_LENGTH, SetBoundsDecoder.SCHEMA_VERSION);
        if (setBounds.floor() > setBounds.ceiling()) {
            return decision.refuse(Outcome.BAD_BOUNDS, setBounds.floor(), 0, setBounds.ceiling());
        }
        int token = state.tokens.find(setBounds.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int wallet = state.wallets.rowOf(setBounds.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        if (!Accounts.isUsable(setBounds.account())) {
            return decision.refuse(Outcome.UNKNOWN_ACCOUNT);
        }
        decision.from.find(wallet, token, setBounds.account());
        if (!decision.from.mayBeOpen()) {
            return decision.refuse(Outcome.TOO_MANY_ACCOUNTS, 1, 0, Accounts.MAX_OWN_ACCOUNTS);
        }
        if (decision.from.isClosed()) {
            return decision.refuse(Outcome.CLOSED);
        }
        if (!isOperator(setBounds.caller().role())) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        decision.from.touch();
        state.accounts.bounds(decision.from.row, setBounds.floor(), setBounds.ceiling());
        decision.wallet = setBounds.wallet();
        return Outcome.APPLIED;
    }

    Outcome changeStatus(Decision decision) {
        changeStatus.wrap(
                decision.command,
                decision.block(),
                ChangeStatusDecoder.BLOCK_LENGTH,
                ChangeStatusDecoder.SCHEMA_VERSION);
        boolean whole = changeStatus.token() == 0;
        int token = whole ? 0 : state.tokens.find(changeStatus.token());
        if (token < 0) {
            return decision.refuse(Outcome.UNKNOWN_TOKEN);
        }
        int wallet = state.wallets.rowOf(changeStatus.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        if (!whole && !Accounts.isUsable(changeStatus.account())) {
            return decision.refuse(Outcome.UNKNOWN_ACCOUNT);
        }
        boolean closed =
                whole ? state.wallets.isClosed(wallet) : isClosed(decision, wallet, token, changeStatus.account());
        if (closed) {
            return decision.refuse(Outcome.CLOSED);
        }
        if (!isOperator(changeStatus.caller().role()) || wallet == Wallets.PLATFORM_ROW) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        boolean close = changeStatus.change() == StatusChange.CLOSE;
        if (close && !(whole ? isEmpty(wallet) : state.accounts.isEmpty(decision.from.row))) {
            return decision.refuse(Outcome.NOT_EMPTY);
        }
        // From here on it must succeed.
        decision.wallet = changeStatus.wallet();
        if (whole) {
            changeWallet(wallet, changeStatus.change());
        } else {
            decision.from.touch();
            int row = decision.from.row;
            state.accounts.flags(
                    row, changed(state.accounts.flags(row), changeStatus.change(), Accounts.FROZEN, Accounts.CLOSED));
        }
        return Outcome.APPLIED;
    }

    private void changeWallet(int wallet, StatusChange change) {
        long flags = state.wallets.flags(wallet);
        state.wallets.flags(wallet, changed(flags, change, Accounts.WALLET_FROZEN, Accounts.WALLET_CLOSED));
        for (int row = state.wallets.lastAccount(wallet); row >= 0; row = state.accounts.nextOfWallet(row)) {
            long own = state.accounts.flags(row);
            state.accounts.flags(row, changed(own, change, Accounts.WALLET_FROZEN, Accounts.WALLET_CLOSED));
        }
    }

    private static long changed(long flags, StatusChange change, long frozen, long closed) {
        return switch (change) {
            case FREEZE -> flags | frozen;
            case UNFREEZE -> flags & ~frozen;
            case CLOSE -> flags | closed;
            default -> throw new LedgerFault("a change that the shape check should have refused");
        };
    }

    private boolean isClosed(Decision decision, int wallet, int token, int code) {
        decision.from.find(wallet, token, code);
        return decision.from.isClosed();
    }

    private boolean isEmpty(int wallet) {
        for (int row = state.wallets.lastAccount(wallet); row >= 0; row = state.accounts.nextOfWallet(row)) {
            if (!state.accounts.isEmpty(row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOperator(Role role) {
        return role == Role.OPERATOR || role == Role.SYSTEM;
    }
}
