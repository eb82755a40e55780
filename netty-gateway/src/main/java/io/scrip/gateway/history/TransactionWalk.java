package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.http.TransactionQuery;
import io.scrip.protocol.LegEventDecoder;
import java.util.ArrayList;
import java.util.List;

/** Answers one {@link TransactionQuery} after another from one event log reader. One thread. */
final class TransactionWalk {
    private final WalletChains chains;
    private final int maxScanned;
    private final WalletChains.LegVisitor onLeg = this::onLeg;

    private long wallet;
    private TransactionQuery query;
    private List<StoredLeg> found;
    private boolean isPastFrom;

    TransactionWalk(EventLog.Reader reader, int maxScanned) {
        this.chains = new WalletChains(reader);
        this.maxScanned = maxScanned;
    }

    TransactionPage page(AccountHeads heads, TransactionQuery wanted) {
        boolean isFirst = wanted.cursor() == null;
        long[] start = isFirst ? heads.lastEventSequences() : Cursor.read(wanted.cursor(), heads);
        wallet = heads.wallet();
        query = wanted;
        found = new ArrayList<>(Math.min(wanted.limit(), TransactionQuery.DEFAULT_LIMIT));
        isPastFrom = false;
        chains.start(wallet, heads.tokens(), heads.accounts(), start);
        try {
            walk();
        } catch (WalletChains.ForeignRecord e) {
            if (isFirst) {
                throw e;
            }
            throw new BadCursor("the cursor is not of this wallet", e);
        }
        boolean isEnd = isPastFrom || chains.nextSequence() == 0;
        return new TransactionPage(found, isEnd ? null : Cursor.write(heads, chains.positions()));
    }

    private void walk() {
        for (int scanned = 0; scanned < maxScanned; scanned++) {
            if (found.size() == query.limit() || isPastFrom || !next()) {
                return;
            }
        }
    }

    /** A page that reaches what has been pruned ends before it; the page after it is the one that cannot be given. */
    private boolean next() {
        try {
            return chains.next(onLeg);
        } catch (PrunedHistory gone) {
            if (found.isEmpty()) {
                throw gone;
            }
            return false;
        }
    }

    private void onLeg(LegEventDecoder leg, EventReader events) {
        // Timestamps grow with event sequences: everything after the first leg that is too old is too old.
        if (leg.timestamp() < query.fromNs()) {
            isPastFrom = true;
            return;
        }
        if (query.toNs() != 0 && leg.timestamp() >= query.toNs()) {
            return;
        }
        long other = leg.to() == wallet ? leg.from() : leg.to();
        if (query.counterpartyWallet() != 0 && query.counterpartyWallet() != other) {
            return;
        }
        StoredLeg stored = events.read(leg);
        if (query.kind() == null || query.kind().equals(stored.kind().code())) {
            found.add(stored);
        }
    }
}
