package io.scrip.ledger;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** Everything that survives a restart, and the counters that order it. Owned by the core's thread. */
final class LedgerState {
    private static final String PLATFORM_OWNER = "platform:scrip";

    final Undo undo = new Undo();
    final Tokens tokens = new Tokens(undo);
    final Accounts accounts = new Accounts(tokens, undo);
    final Wallets wallets = new Wallets(undo);
    final Holds holds = new Holds(undo);
    final Lots lots = new Lots(undo);
    final Fees fees = new Fees(undo);
    final Reversals reversals = new Reversals(undo);
    final Controls controls = new Controls(wallets, accounts, undo);
    final Budgets budgets = new Budgets(undo);
    final Counterparties counterparties = new Counterparties(undo);
    final VelocityLimits limits = new VelocityLimits(undo);
    final RememberedIds ids;
    /** Hashes of live operator keys: high, low, high, low, … */
    final LongArrayList operatorKeys = new LongArrayList();

    long lastSequence;
    long lastTimestampNs;
    long lastEventSequence;

    LedgerState(Retention retention) {
        ids = new RememberedIds(retention);
        DirectBuffer owner = new UnsafeBuffer(PLATFORM_OWNER.getBytes(StandardCharsets.US_ASCII));
        wallets.open(owner, 0, owner.capacity(), 0, 0);
    }

    /** The wallet's account in a token; {@link Accounts#UNTOUCHED} until value first reaches it. */
    int account(int walletRow, int tokenRow, int code) {
        if (code == Accounts.MAIN) {
            int main = wallets.firstMain(walletRow);
            if (accounts.isMainOf(main, walletRow, tokenRow)) {
                return main;
            }
        }
        int row = accounts.find(walletRow, tokenRow, code);
        return row >= 0 ? row : Accounts.UNTOUCHED;
    }

    int openAccount(int walletRow, int tokenRow, int code, long floor) {
        long flags = wallets.flags(walletRow);
        if (code == Accounts.MAIN && accounts.find(walletRow, tokenRow, Accounts.STAKE) >= 0) {
            flags |= Accounts.HAS_STAKE;
        }
        int row = accounts.open(
                walletRow, tokenRow, code, floor, Accounts.NO_CEILING, wallets.lastAccount(walletRow), flags);
        wallets.addAccount(walletRow, row, code == Accounts.MAIN);
        if (code >= Accounts.FIRST_FREE_CODE) {
            wallets.countOwnAccount(walletRow);
        }
        int main = code == Accounts.STAKE ? accounts.find(walletRow, tokenRow, Accounts.MAIN) : -1;
        if (main >= 0) {
            accounts.mark(main, Accounts.HAS_STAKE, true);
        }
        return row;
    }

    /** Posted balance of the stake vault beside a main account. */
    long staked(int accountRow) {
        if ((accounts.flags(accountRow) & Accounts.HAS_STAKE) == 0) {
            return 0;
        }
        return accounts.posted(account(accounts.walletRow(accountRow), accounts.tokenRow(accountRow), Accounts.STAKE));
    }

    /** Over all rows in row order, and the ids in an order-free way: equal states have equal hashes, anywhere. */
    long hash() {
        long hash = Hashing.mix(Hashing.mix(lastSequence, lastTimestampNs), lastEventSequence);
        hash = hashOf(hash, tokens.table());
        hash = hashOf(hash, wallets.table());
        for (int row = 0; row < wallets.count(); row++) {
            hash = Hashing.mix(hash, wallets.hashOf(row));
        }
        hash = hashOf(hash, accounts.table());
        hash = hashOf(hash, holds.table());
        hash = hashOf(hash, holds.heap());
        hash = hashOf(hash, holds.counters());
        hash = hashOf(hash, lots.table());
        hash = hashOf(hash, lots.counters());
        hash = hashOf(hash, lots.deadlines().places());
        hash = hashOf(hash, accounts.lotSums().table());
        hash = hashOf(hash, fees.schedules());
        hash = hashOf(hash, fees.currentByKind());
        hash = hashOf(hash, reversals.table());
        hash = limits.stateHash(counterparties.stateHash(budgets.stateHash(controls.stateHash(hash))));
        for (int i = 0; i < operatorKeys.size(); i++) {
            hash = Hashing.mix(hash, operatorKeys.getLong(i));
        }
        return Hashing.mix(hash, ids.stateHash());
    }

    static long hashOf(long seed, RowTable table) {
        long hash = Hashing.mix(seed, table.rows());
        for (int row = 0; row < table.rows(); row++) {
            for (int column = 0; column < table.columns(); column++) {
                hash = Hashing.mix(hash, table.get(row, column));
            }
        }
        return hash;
    }
}
