package io.scrip.ledger;

import io.scrip.protocol.SnapshotSection;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Everything that survives a restart, and the counters that order it. Owned by the core's thread. */
final class LedgerState {
    private static final String PLATFORM_OWNER = "platform:scrip";
    private static final int KEY_HASH_HIGH = 0;
    private static final int KEY_HASH_LOW = 1;

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
    /** Hashes of live operator keys. */
    private final RowTable operatorKeys = new RowTable(KEY_HASH_LOW + 1, undo);

    private final TableOf[] tables;

    long lastSequence;
    long lastTimestampNs;
    long lastEventSequence;

    LedgerState(Retention retention) {
        this(retention, true);
    }

    private LedgerState(Retention retention, boolean withPlatform) {
        ids = new RememberedIds(retention);
        tables = tables();
        if (withPlatform) {
            openPlatform();
        }
    }

    private void openPlatform() {
        DirectBuffer owner = new UnsafeBuffer(PLATFORM_OWNER.getBytes(StandardCharsets.US_ASCII));
        wallets.open(owner, 0, owner.capacity(), 0, 0);
    }

    /** The wallet's account in a token; {@link Accounts#UNTOUCHED} until value first reaches it. */
    int account(int walletRow, int tokenRow, int code) {
        if (code == Accounts.MAIN) {
            int main = wallets.probableMain(walletRow);
            if (accounts.isMainOf(main, walletRow, tokenRow)) {
                return main;
            }
        }
        int row = find(walletRow, tokenRow, code);
        return row >= 0 ? row : Accounts.UNTOUCHED;
    }

    /**
     * The row of an account, -1 when it was never opened. Most that are not found are the first of a wallet, whose row
     * says so: it is looked at anyway then, while not finding a key waits for the memory of the index.
     */
    int find(int walletRow, int tokenRow, int code) {
        boolean none = wallets.probableMain(walletRow) == Accounts.UNTOUCHED && !wallets.hasAccounts(walletRow);
        return none ? -1 : accounts.find(walletRow, tokenRow, code);
    }

    int openAccount(int walletRow, int tokenRow, int code, long floor) {
        long flags = wallets.flags(walletRow);
        if (code == Accounts.MAIN && find(walletRow, tokenRow, Accounts.STAKE) >= 0) {
            flags |= Accounts.HAS_STAKE;
        }
        int row = accounts.open(
                walletRow, tokenRow, code, floor, Accounts.NO_CEILING, wallets.lastAccount(walletRow), flags);
        wallets.addAccount(walletRow, row, code == Accounts.MAIN);
        if (code >= Accounts.FIRST_FREE_CODE) {
            wallets.countOwnAccount(walletRow);
        }
        int main = code == Accounts.STAKE ? find(walletRow, tokenRow, Accounts.MAIN) : -1;
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

    void addOperatorKey(long keyHashHigh, long keyHashLow) {
        int row = operatorKeys.append();
        operatorKeys.setForGood(row, KEY_HASH_HIGH, keyHashHigh);
        operatorKeys.setForGood(row, KEY_HASH_LOW, keyHashLow);
    }

    int operatorKeys() {
        return operatorKeys.rows();
    }

    long operatorKeyHashHigh(int row) {
        return operatorKeys.get(row, KEY_HASH_HIGH);
    }

    long operatorKeyHashLow(int row) {
        return operatorKeys.get(row, KEY_HASH_LOW);
    }

    /** Over everything: equal states have equal hashes, anywhere. Every part keeps its own, so this walks nothing. */
    long hash() {
        long hash = Hashing.mix(Hashing.mix(lastSequence, lastTimestampNs), lastEventSequence);
        for (TableOf part : tables) {
            hash = Hashing.mix(Hashing.mix(hash, part.table.rows()), part.table.digest());
        }
        return Hashing.mix(Hashing.mix(hash, wallets.ownersDigest()), ids.stateHash());
    }

    /** Writes everything; only between commands. */
    void writeTo(SnapshotSink sink) {
        if (undo.isActive()) {
            throw new LedgerFault("a snapshot in the middle of a command");
        }
        SnapshotWriter out = new SnapshotWriter(sink);
        out.begin(this, ids.retention());
        for (TableOf part : tables) {
            part.table.writeTo(out, part.section);
        }
        wallets.writeOwners(out);
        ids.writeTo(out);
        out.finish(hash());
    }

    /**
     * A state that is the one written, in everything that a command or a query could ever show.
     *
     * @throws SnapshotException when the source is not a whole, undamaged snapshot for this retention
     */
    static LedgerState readFrom(SnapshotSource source, Retention retention) throws SnapshotException {
        LedgerState state = new LedgerState(retention, false);
        SnapshotReader in = new SnapshotReader(source);
        in.begin(state, retention);
        for (TableOf part : state.tables) {
            part.table.readFrom(in, part.section);
        }
        state.wallets.readOwners(in);
        state.ids.readFrom(in);
        in.finish(state.hash());
        state.index();
        return state;
    }

    /** Builds what finds rows by key: no state of its own, for it follows from the rows. */
    private void index() throws SnapshotException {
        tokens.index();
        accounts.index();
        holds.index();
        reversals.index();
        controls.index();
        budgets.index();
        counterparties.index();
        limits.index();
    }

    /** In the order of a snapshot. A table that is not among them would be lost; a test looks for such. */
    private TableOf[] tables() {
        return new TableOf[] {
            new TableOf(SnapshotSection.TOKENS, tokens.table()),
            new TableOf(SnapshotSection.WALLETS, wallets.table()),
            new TableOf(SnapshotSection.ACCOUNTS, accounts.table()),
            new TableOf(SnapshotSection.LOT_SUMS, accounts.lotSums().table()),
            new TableOf(SnapshotSection.HOLDS, holds.table()),
            new TableOf(SnapshotSection.HOLD_COUNTERS, holds.counters()),
            new TableOf(SnapshotSection.HOLD_DEADLINES, holds.deadlines().places()),
            new TableOf(SnapshotSection.HOLD_DEADLINES_SIZE, holds.deadlines().sizeCell()),
            new TableOf(SnapshotSection.LOTS, lots.table()),
            new TableOf(SnapshotSection.LOT_COUNTERS, lots.counters()),
            new TableOf(SnapshotSection.LOT_DEADLINES, lots.deadlines().places()),
            new TableOf(SnapshotSection.LOT_DEADLINES_SIZE, lots.deadlines().sizeCell()),
            new TableOf(SnapshotSection.FEE_SCHEDULES, fees.schedules()),
            new TableOf(SnapshotSection.FEE_KINDS, fees.currentByKind()),
            new TableOf(SnapshotSection.REVERSALS, reversals.table()),
            new TableOf(SnapshotSection.CONTROLS, controls.table()),
            new TableOf(SnapshotSection.CONTROL_COUNTERS, controls.counters()),
            new TableOf(SnapshotSection.BUDGETS, budgets.table()),
            new TableOf(SnapshotSection.BUDGET_COUNTERS, budgets.counters()),
            new TableOf(SnapshotSection.COUNTERPARTIES, counterparties.table()),
            new TableOf(SnapshotSection.COUNTERPARTY_COUNTERS, counterparties.counters()),
            new TableOf(SnapshotSection.LIMITS, limits.table()),
            new TableOf(SnapshotSection.LIMIT_COUNTERS, limits.counters()),
            new TableOf(SnapshotSection.LIMIT_RINGS, limits.rings()),
            new TableOf(SnapshotSection.LIMIT_RING_COUNTERS, limits.ringCounters()),
            new TableOf(SnapshotSection.OPERATOR_KEYS, operatorKeys)
        };
    }

    /** A table and the section of a snapshot that holds it. */
    private record TableOf(SnapshotSection section, RowTable table) {}
}
