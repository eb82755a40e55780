package io.scrip.gateway.ws;

import io.scrip.engine.EventLog;
import io.scrip.gateway.history.EventReader;
import io.scrip.gateway.history.StoredEvent;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.history.WalletChains;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.agrona.DirectBuffer;

/**
 * Brings the subscriptions that are behind up to date, in turns and in slices, so that one with a long way to go delays
 * nobody much. A channel that is full is left alone until it says that it is writable again. Hub's thread.
 */
final class CatchUp {
    private static final int SLICE_READS = 1_024;

    private final EventLog log;
    private final Outlet outlet;
    private final ArrayDeque<Subscription> turns = new ArrayDeque<>();
    private final EventReader events = new EventReader();
    private final EventLog.EventHandler onEvent = this::onEvent;
    private EventLog.Reader reader;
    private WalletChains chains;
    private StoredEvent found;

    CatchUp(EventLog log, Outlet outlet) {
        this.log = log;
        this.outlet = outlet;
    }

    void enqueue(Subscription subscription) {
        if (!subscription.isQueuedForCatchUp && subscription.hasState) {
            subscription.isQueuedForCatchUp = true;
            turns.addLast(subscription);
        }
    }

    /** One slice of reads, over as many subscriptions as fit into it; returns what it took. */
    int run(BiConsumer<Subscription, RuntimeException> onFailure) {
        int budget = SLICE_READS;
        while (budget > 0 && !turns.isEmpty()) {
            Subscription subscription = turns.removeFirst();
            subscription.isQueuedForCatchUp = false;
            if (subscription.isClosed) {
                continue;
            }
            try {
                budget -= advance(subscription, budget);
            } catch (RuntimeException e) {
                onFailure.accept(subscription, e);
            }
        }
        return SLICE_READS - budget;
    }

    /** Goes on until the client is up to date, its channel is full or the budget is spent; returns what it took. */
    private int advance(Subscription subscription, int budget) {
        if (reader == null) {
            reader = log.openReader();
            chains = new WalletChains(reader);
        }
        int spent = 1;
        while (subscription.channel.isWritable()) {
            if (spent >= budget) {
                enqueue(subscription);
                return spent;
            }
            CatchUpRound round = subscription.lag.round;
            if (round == null) {
                if (!subscription.lag.isBeyond(subscription.delivered)) {
                    subscription.lag = null;
                    return spent;
                }
                round = subscription.lag.begin(subscription.wallet, subscription.delivered);
            }
            if (round.hasNext()) {
                send(subscription, round);
                spent++;
            } else {
                int read = round.prepare(chains, budget - spent);
                if (read == 0) {
                    subscription.lag.round = null;
                }
                spent += read;
            }
        }
        return spent;
    }

    private void send(Subscription subscription, CatchUpRound round) {
        if (!reader.read(round.next(), onEvent) || !(found instanceof StoredLeg leg)) {
            throw new IllegalStateException("event " + round.next() + " was a leg and is none any more");
        }
        outlet.sendLeg(subscription, leg, !subscription.conflate || round.isNextLastOfToken());
        round.advance();
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        found = events.read(event, offset);
    }

    void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
