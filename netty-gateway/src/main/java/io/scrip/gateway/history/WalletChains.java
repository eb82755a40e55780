package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.protocol.LegEventDecoder;
import org.agrona.DirectBuffer;

/**
 * Walks all accounts of one wallet together, newest leg first. One thread at a time.
 *
 * <pre>
 *   positions    CRD 91   USD 88   GOV 0          the next leg of each account, 0: none left
 *                 |        |
 *   event log    91 CRD -> 70 CRD -> 12 CRD -> 0  every leg names the leg before it
 *                88 USD -> 87 USD -> 0
 *   order        91, 88, 87, 70, 12               the greatest position is always the newest leg
 * </pre>
 *
 * A position is itself an event sequence, so the merge knows what comes next without reading ahead. A leg between two
 * accounts of the wallet stands on both their chains and is handed over once. Every record is checked to be a leg of
 * the account whose position named it: positions that came from outside lead nowhere else.
 */
public final class WalletChains {
    private final EventLog.Reader reader;
    private final EventReader events = new EventReader();
    private final EventLog.EventHandler onEvent = this::onEvent;

    private long wallet;
    private long[] tokens = {};
    private int[] accounts = {};
    private long[] positions = {};

    private LegVisitor visitor;

    /** Sees one leg. */
    @FunctionalInterface
    public interface LegVisitor {
        /** The decoder is valid during the call only; {@link EventReader#read(LegEventDecoder)} copies it. */
        void onLeg(LegEventDecoder leg, EventReader events);
    }

    /** A position named a record that is not there or is no leg of the account. */
    public static final class ForeignRecord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignRecord(String message) {
            super(message);
        }
    }

    public WalletChains(EventLog.Reader reader) {
        this.reader = reader;
    }

    /** Begins at the given positions, which are copied, of the accounts with these tokens and codes. */
    public void start(long ofWallet, long[] tokensOfAccounts, int[] codesOfAccounts, long[] startPositions) {
        wallet = ofWallet;
        tokens = tokensOfAccounts;
        accounts = codesOfAccounts;
        positions = startPositions.clone();
    }

    /** Event sequence of the next leg, 0 when every account has been walked to its end. */
    public long nextSequence() {
        long greatest = 0;
        for (long position : positions) {
            greatest = Math.max(greatest, position);
        }
        return greatest;
    }

    /** Where the walk would go on: the next leg of each account. */
    public long[] positions() {
        return positions.clone();
    }

    /**
     * Hands the next leg over and goes past it.
     *
     * @return false when there was none
     * @throws ForeignRecord when a position does not belong to its account
     */
    public boolean next(LegVisitor legVisitor) {
        long next = nextSequence();
        if (next == 0) {
            return false;
        }
        visitor = legVisitor;
        if (!reader.read(next, onEvent)) {
            throw new ForeignRecord("event " + next + " does not exist");
        }
        return true;
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        LegEventDecoder leg = events.asLeg(event, offset);
        if (leg == null) {
            throw new ForeignRecord("event " + eventSequence + " is no leg");
        }
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] == eventSequence) {
                positions[i] = previousOf(leg, eventSequence, wallet, tokens[i], accounts[i]);
            }
        }
        visitor.onLeg(leg, events);
    }

    /**
     * The account's leg before this one, 0 when it is the first.
     *
     * @param leg {@code null} when the record is none
     * @throws ForeignRecord when this is no leg of the account
     */
    static long previousOf(LegEventDecoder leg, long eventSequence, long wallet, long token, int account) {
        if (leg == null) {
            throw new ForeignRecord("event " + eventSequence + " is no leg");
        }
        long previous;
        if (leg.token() != token) {
            throw new ForeignRecord("event " + eventSequence + " is of another token");
        }
        if (leg.to() == wallet && leg.toAccount() == account) {
            previous = leg.previousToEvent();
        } else if (leg.from() == wallet && leg.fromAccount() == account) {
            previous = leg.previousFromEvent();
        } else {
            throw new ForeignRecord("event " + eventSequence + " is no leg of this account");
        }
        if (previous < 0 || previous >= eventSequence) {
            throw new IllegalStateException("event " + eventSequence + " names " + previous + " as the leg before it");
        }
        return previous;
    }
}
