package io.scrip.ledger;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.SetParentDecoder;

/**
 * Who stands above whom, whom a wallet may pay, and the switch that stops it and all below it. Doing what is already
 * so is applied and changes nothing but the wallet's version.
 */
final class ControlOperations {
    private final LedgerState state;
    private final Controls controls;
    private final Authority authority;
    private final SetParentDecoder setParent = new SetParentDecoder();
    private final AllowCounterpartyDecoder allow = new AllowCounterpartyDecoder();
    private final RemoveCounterpartyDecoder remove = new RemoveCounterpartyDecoder();
    private final KillSwitchDecoder killSwitch = new KillSwitchDecoder();

    ControlOperations(LedgerState state) {
        this.state = state;
        controls = state.controls;
        authority = new Authority(state);
    }

    Outcome setParent(Decision decision) {
        setParent.wrap(
                decision.command, decision.block(), SetParentDecoder.BLOCK_LENGTH, SetParentDecoder.SCHEMA_VERSION);
        if (setParent.wallet() == setParent.parent()) {
            return decision.refuse(Outcome.SAME_WALLET);
        }
        int wallet = state.wallets.rowOf(setParent.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        authority.reveal(decision, setParent.caller(), wallet);
        boolean free = setParent.parent() == 0;
        int parent = state.wallets.rowOf(setParent.parent());
        if (parent < 0 && !free) {
            return decision.refuse(Outcome.UNKNOWN_PARENT);
        }
        if (state.wallets.isClosed(wallet) || (!free && state.wallets.isClosed(parent))) {
            return decision.refuse(Outcome.CLOSED);
        }
        if (!Authority.isOperator(setParent.caller())) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        if (!free && controls.isAbove(wallet, parent)) {
            return decision.refuse(Outcome.PARENT_CYCLE);
        }
        int levels = free ? 0 : controls.level(parent);
        int height = controls.height(wallet);
        if (levels + height > Controls.MAX_LEVELS) {
            return decision.refuse(
                    Outcome.HIERARCHY_TOO_DEEP, height, Controls.MAX_LEVELS - levels, Controls.MAX_LEVELS);
        }
        // From here on it must succeed.
        int row = controls.touch(wallet);
        controls.detach(row);
        if (!free) {
            controls.attach(row, controls.touch(parent));
        }
        controls.release(row);
        state.wallets.touch(wallet);
        return Outcome.APPLIED;
    }

    Outcome allowCounterparty(Decision decision) {
        allow.wrap(
                decision.command,
                decision.block(),
                AllowCounterpartyDecoder.BLOCK_LENGTH,
                AllowCounterpartyDecoder.SCHEMA_VERSION);
        if (checkCounterparty(decision, allow.wallet(), allow.counterparty(), allow.caller()) != Outcome.APPLIED) {
            return decision.outcome;
        }
        int payer = state.wallets.rowOf(allow.wallet());
        int payee = state.wallets.rowOf(allow.counterparty());
        boolean listed = state.counterparties.find(payer, payee) >= 0;
        int found = controls.find(payer);
        int count = found == Controls.NONE ? 0 : controls.counterparties(found);
        if (!listed && count == Counterparties.MAX_OF_WALLET) {
            return decision.refuse(Outcome.TOO_MANY_COUNTERPARTIES, 1, 0, Counterparties.MAX_OF_WALLET);
        }
        // From here on it must succeed.
        if (!listed) {
            int row = controls.touch(payer);
            int first = state.counterparties.add(payer, payee, controls.firstCounterparty(row));
            controls.counterparties(row, first, count + 1);
        }
        state.wallets.touch(payer);
        return Outcome.APPLIED;
    }

    Outcome removeCounterparty(Decision decision) {
        remove.wrap(
                decision.command,
                decision.block(),
                RemoveCounterpartyDecoder.BLOCK_LENGTH,
                RemoveCounterpartyDecoder.SCHEMA_VERSION);
        if (checkCounterparty(decision, remove.wallet(), remove.counterparty(), remove.caller()) != Outcome.APPLIED) {
            return decision.outcome;
        }
        // From here on it must succeed.
        int payer = state.wallets.rowOf(remove.wallet());
        int entry = state.counterparties.find(payer, state.wallets.rowOf(remove.counterparty()));
        if (entry >= 0) {
            int row = controls.find(payer);
            int first = state.counterparties.remove(entry, controls.firstCounterparty(row));
            controls.counterparties(row, first, controls.counterparties(row) - 1);
            controls.release(row);
        }
        state.wallets.touch(payer);
        return Outcome.APPLIED;
    }

    private Outcome checkCounterparty(Decision decision, long wallet, long counterparty, CallerDecoder caller) {
        if (wallet == counterparty) {
            return decision.refuse(Outcome.SAME_WALLET);
        }
        int payer = state.wallets.rowOf(wallet);
        if (payer < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        authority.reveal(decision, caller, payer);
        if (state.wallets.rowOf(counterparty) < 0) {
            return decision.refuse(Outcome.UNKNOWN_COUNTERPARTY);
        }
        if (state.wallets.isClosed(payer)) {
            return decision.refuse(Outcome.CLOSED);
        }
        return authority.controls(caller, payer) ? Outcome.APPLIED : decision.refuse(Outcome.NOT_AUTHORIZED);
    }

    /** Whoever holds a wallet's key may stop it, and may not start it again. */
    Outcome killSwitch(Decision decision) {
        killSwitch.wrap(
                decision.command, decision.block(), KillSwitchDecoder.BLOCK_LENGTH, KillSwitchDecoder.SCHEMA_VERSION);
        int wallet = state.wallets.rowOf(killSwitch.wallet());
        if (wallet < 0) {
            return decision.refuse(Outcome.UNKNOWN_WALLET);
        }
        authority.reveal(decision, killSwitch.caller(), wallet);
        if (state.wallets.isClosed(wallet)) {
            return decision.refuse(Outcome.CLOSED);
        }
        boolean on = killSwitch.on() == 1;
        CallerDecoder caller = killSwitch.caller();
        if (!authority.controls(caller, wallet) && !(on && Authority.isWallet(caller, wallet))) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        int row = controls.touch(wallet);
        controls.kill(row, on);
        controls.release(row);
        state.wallets.touch(wallet);
        return Outcome.APPLIED;
    }
}
