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
 * A position is itself an event sequence, so the merge knows what comes next without reading ahead. Every record is
 * checked to be a leg of this wallet in this token: positions that came from outside lead nowhere else.
 */
public final class WalletChains {
    private final EventLog.Reader reader;
    private final EventReader events = new EventReader();
    private final EventLog.EventHandler onEvent = this::onEvent;

    private long wallet;
    private long[] tokens = {};
    private long[] positions = {};

    private int current;
    private LegVisitor visitor;

    /** Sees one leg. */
    @FunctionalInterface
    public interface LegVisitor {
        /** The decoder is valid during the call only; {@link EventReader#read(LegEventDecoder)} copies it. */
        void onLeg(LegEventDecoder leg, EventReader events);
    }

    /** A position named a record that is not there or is no leg of the wallet's account. */
    public static final class ForeignRecord extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignRecord(String message) {
            super(message);
        }
    }

    public WalletChains(EventLog.Reader reader) {
        this.reader = reader;
    }

    /** Begins at the given positions, which are copied; both arrays are as long as each other. */
    public void start(long wallet, long[] tokens, long[] positions) {
        this.wallet = wallet;
        this.tokens = tokens;
        this.positions = positions.clone();
    }

    /** Event sequence of the next leg, 0 when every account has been walked to its end. */
    public long nextSequence() {
        int newest = newest();
        return newest < 0 ? 0 : positions[newest];
    }

    /** Where the walk would go on: the next leg of each account. */
    public long[] positions() {
        return positions.clone();
    }

    /**
     * Hands the next leg over and goes past it.
     *
     * @return false when there was none
     * @throws ForeignRecord when a position does not belong to the wallet
     */
    public boolean next(LegVisitor legVisitor) {
        current = newest();
        if (current < 0) {
            return false;
        }
        visitor = legVisitor;
        if (!reader.read(positions[current], onEvent)) {
            throw new ForeignRecord("event " + positions[current] + " does not exist");
        }
        return true;
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        LegEventDecoder leg = events.asLeg(event, offset);
        if (leg == null || leg.token() != tokens[current]) {
            throw new ForeignRecord("event " + eventSequence + " is no leg of this account");
        }
        long previous;
        if (leg.to() == wallet) {
            previous = leg.previousToEvent();
        } else if (leg.from() == wallet) {
            previous = leg.previousFromEvent();
        } else {
            throw new ForeignRecord("event " + eventSequence + " is no leg of this wallet");
        }
        if (previous < 0 || previous >= eventSequence) {
            throw new IllegalStateException("event " + eventSequence + " names " + previous + " as the leg before it");
        }
        positions[current] = previous;
        visitor.onLeg(leg, events);
    }

    private int newest() {
        int newest = -1;
        long greatest = 0;
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] > greatest) {
                greatest = positions[i];
                newest = i;
            }
        }
        return newest;
    }
}
