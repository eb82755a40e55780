package io.scrip.gateway.ws;

import io.netty.channel.Channel;
import io.scrip.gateway.json.Viewer;

/**
 * One client following one wallet. But for what is marked otherwise, the hub's thread alone touches it. While a client
 * keeps up, nothing else is kept for it: what it is behind with is read again from the event log ({@link Lag}).
 */
final class Subscription {
    static final long ONLY_NEW = -1;

    final long id;
    final Channel channel;
    final long wallet;
    final long fromEventSequence;
    final boolean conflate;
    final Viewer viewer;

    /** Written by the event loop at every frame that comes in. */
    volatile long lastInboundNs;

    /** Written by the hub; the event loop reads it and then answers no more. */
    volatile boolean isClosed;

    /** Every event of the wallet up to this one has been sent or was not asked for. */
    long delivered;

    /** Sequence of the last message, 0 before the first. */
    long lastSent;

    /** {@code null} while live. */
    Lag lag = new Lag();

    boolean hasState;
    boolean isStateAsked;
    boolean isStateWantedAgain;

    /** Newest event that the last state took in. */
    long stateAsOf;

    /** Something changed the state while the channel was full; it is asked for when there is room. */
    boolean isStateOutdated;

    long stateWantedSinceNs;

    boolean isQueuedForCatchUp;
    boolean isTouched;

    /** Was unwritable when last looked at, and has not been writable since. */
    boolean isStuck;

    long stuckSinceNs;

    long lastPingNs;

    /** The next subscription of the same wallet. */
    Subscription next;

    Subscription(
            long id,
            Channel channel,
            long wallet,
            long fromEventSequence,
            boolean conflate,
            Viewer viewer,
            long nowNs) {
        this.id = id;
        this.channel = channel;
        this.wallet = wallet;
        this.fromEventSequence = fromEventSequence;
        this.conflate = conflate;
        this.viewer = viewer;
        this.lastInboundNs = nowNs;
        this.lastPingNs = nowNs;
    }

    boolean isLive() {
        return lag == null;
    }

    /** Remembers that the wallet's account got a leg which this client has yet to see. */
    void note(long token, int account, long eventSequence) {
        if (lag == null) {
            lag = new Lag();
        }
        lag.note(token, account, eventSequence);
    }

    /** Why the client has to be cut, {@code null} for no reason; called now and then. */
    CloseReason overdue(StreamConfig config, long nowNs) {
        if (channel.isWritable()) {
            isStuck = false;
        } else if (!isStuck) {
            isStuck = true;
            stuckSinceNs = nowNs;
        } else if (nowNs - stuckSinceNs >= config.unwritableLimitNs()) {
            return CloseReason.SLOW_CONSUMER;
        }
        boolean hasWaited = isStateAsked && nowNs - stateWantedSinceNs >= config.stateTimeoutNs();
        return hasWaited ? CloseReason.OVERLOADED : null;
    }
}
