package io.scrip.gateway.ws;

import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.scrip.engine.CommandPort;
import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.history.EventReader;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Everything the streams know, in the hands of one thread that calls {@link #doWork}. Other threads leave messages in
 * the inbox.
 *
 * <p>Why nothing is lost and nothing comes twice: a subscription is entered into the map first and its wallet's state
 * is asked for afterwards, so every leg is either in the state's chains or comes by live; and all that decides whether
 * a leg is sent is {@link Subscription#delivered}, which only grows. A client that is not up to date, or cannot take
 * more, is not sent what comes by: the hub notes the newest leg of each account and reads back from there later.
 *
 * <pre>
 *            state arrives                 nothing left to catch up
 *   WAITING ───────────────► CATCHING UP ──────────────────────────► LIVE
 *   notes legs               notes legs,  ◄────────────────────────── sends legs
 *                            sends pages    unwritable, or conflating
 * </pre>
 */
final class StreamHub implements StateQueries.Replies {
    private static final System.Logger LOGGER = System.getLogger(StreamHub.class.getName());
    private static final long SWEEP_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final int MAX_EVENTS_A_ROUND = 1_024;
    /** What a leg's two messages come to, roughly; counted, not sent. */
    private static final int LEG_MESSAGES_BYTES = 1_024;

    private final EventLog log;
    private final StreamConfig config;
    private final LongSupplier clockNs;
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Subscriptions subscriptions = new Subscriptions();
    private final StateQueries queries;
    private final Outlet outlet;
    private final CatchUp catchUp;
    private final StateChanges stateChanges;
    private final EventReader events = new EventReader();
    private final EventLog.EventHandler onEvent = this::onEvent;
    private final WalletReplyDecoder walletReply = new WalletReplyDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    private EventLog.Reader reader;
    private long dispatched;
    private long nextSweepNs;

    private volatile long visible;
    private volatile boolean isWatched;
    private volatile Thread parked;

    StreamHub(EventLog log, CommandPort commands, StreamConfig config, LongSupplier clockNs) {
        this.log = log;
        this.config = config;
        this.clockNs = clockNs;
        this.queries = new StateQueries(commands, this);
        this.outlet = new Outlet(config.closeTimeoutNs());
        this.catchUp = new CatchUp(log, outlet);
        this.stateChanges = new StateChanges(subscriptions, queries, clockNs);
        this.visible = log.lastEventSequence();
        this.nextSweepNs = clockNs.getAsLong() + SWEEP_INTERVAL_NS;
    }

    // ---- any thread ----

    void eventsVisible(long eventSequence) {
        // Written before isWatched is read, as join writes isWatched before it reads visible: one of them sees the
        // other.
        visible = eventSequence;
        if (isWatched) {
            wake();
        }
    }

    void join(Subscription subscription) {
        tell(() -> onJoin(subscription));
    }

    void leave(Subscription subscription) {
        if (!subscription.isClosed) {
            tell(() -> onLeave(subscription));
        }
    }

    void cut(Subscription subscription, CloseReason reason) {
        tell(() -> onCut(subscription, reason));
    }

    void cutAll(long wallet, CloseReason reason) {
        tell(() -> {
            for (Subscription s = subscriptions.ofWallet(wallet); s != null; s = subscriptions.ofWallet(wallet)) {
                onCut(s, reason);
            }
        });
    }

    void wantState(Subscription subscription) {
        tell(() -> {
            if (!subscription.isClosed) {
                queries.want(subscription, clockNs.getAsLong());
            }
        });
    }

    void becameWritable(Subscription subscription) {
        tell(() -> onWritable(subscription));
    }

    @Override
    public void onState(long subscriptionId, byte[] reply) {
        inbox.add(() -> {
            Subscription subscription = subscriptions.byId(subscriptionId);
            if (subscription == null) {
                return;
            }
            try {
                onState(subscription, reply);
            } catch (RuntimeException e) {
                failed(subscription, e);
            }
        });
    }

    @Override
    public void onBatchEnd() {
        wake();
    }

    private void tell(Runnable message) {
        inbox.add(message);
        wake();
    }

    private void wake() {
        Thread thread = parked;
        if (thread != null) {
            parked = null;
            LockSupport.unpark(thread);
        }
    }

    boolean isWatched() {
        return isWatched;
    }

    // ---- the hub's thread ----

    /** One round: messages, new events, a slice of catching up, and now and then a look at every connection. */
    int doWork() {
        int work = drainInbox();
        work += queries.offerWaiting();
        work += dispatch();
        work += catchUp.run(this::failed);
        outlet.flush();
        long nowNs = clockNs.getAsLong();
        if (nowNs - nextSweepNs >= 0) {
            nextSweepNs = nowNs + SWEEP_INTERVAL_NS;
            sweep(nowNs);
            outlet.flush();
        }
        return work;
    }

    /** Parks until there is something to do, or a look at the connections is due. */
    void park() {
        parked = Thread.currentThread();
        boolean hasWork = !inbox.isEmpty() || queries.isWaiting() || (isWatched && dispatched < visible);
        long untilSweepNs = Math.max(1, nextSweepNs - clockNs.getAsLong());
        LockSupport.parkNanos(this, hasWork ? Math.min(RETRY_INTERVAL_NS, untilSweepNs) : untilSweepNs);
        parked = null;
    }

    void closeAll() {
        drainInbox();
        for (Subscription subscription : subscriptions.all()) {
            onCut(subscription, CloseReason.STOPPING);
        }
        catchUp.close();
        if (reader != null) {
            reader.close();
        }
    }

    int subscriptionCount() {
        return subscriptions.count();
    }

    private int drainInbox() {
        int count = 0;
        for (Runnable message = inbox.poll(); message != null; message = inbox.poll()) {
            message.run();
            count++;
        }
        return count;
    }

    private void onJoin(Subscription subscription) {
        if (subscriptions.countOfWallet(subscription.wallet) >= config.maxPerWallet()) {
            subscription.isClosed = true;
            outlet.close(subscription, CloseReason.TOO_MANY_STREAMS);
            return;
        }
        if (subscriptions.count() == 0) {
            isWatched = true;
            // Nobody was there for what came before, and the state that is asked for next is newer.
            dispatched = visible;
        }
        subscriptions.add(subscription);
        queries.want(subscription, clockNs.getAsLong());
    }

    private void onLeave(Subscription subscription) {
        subscription.isClosed = true;
        if (subscriptions.remove(subscription) && subscriptions.count() == 0) {
            isWatched = false;
        }
    }

    private void onCut(Subscription subscription, CloseReason reason) {
        if (!subscription.isClosed) {
            onLeave(subscription);
            outlet.close(subscription, reason);
        }
    }

    private void onWritable(Subscription subscription) {
        subscription.isStuck = false;
        if (subscription.isClosed) {
            return;
        }
        stateChanges.onWritable(subscription);
        if (subscription.lag != null) {
            subscription.lag.bytesBehind = 0;
            catchUp.enqueue(subscription);
        }
    }

    private void onState(Subscription subscription, byte[] reply) {
        subscription.isStateAsked = false;
        UnsafeBuffer buffer = new UnsafeBuffer(reply);
        header.wrap(buffer, 0);
        if (header.templateId() == NotAcceptedDecoder.TEMPLATE_ID) {
            onCut(subscription, CloseReason.OVERLOADED);
            return;
        }
        if (header.templateId() != WalletReplyDecoder.TEMPLATE_ID) {
            outlet.write(subscription, Messages.unknownWallet());
            onCut(subscription, CloseReason.UNKNOWN_WALLET);
            return;
        }
        walletReply.wrapAndApplyHeader(buffer, 0, header);
        long asOf = walletReply.eventSequence();
        outlet.sendState(subscription, buffer, asOf);
        subscription.stateAsOf = asOf;
        if (!subscription.hasState) {
            begin(subscription, asOf);
        }
        if (subscription.isStateWantedAgain) {
            subscription.isStateWantedAgain = false;
            queries.want(subscription, clockNs.getAsLong());
        }
    }

    private void begin(Subscription subscription, long asOf) {
        subscription.hasState = true;
        subscription.delivered = asOf;
        if (subscription.fromEventSequence > asOf + 1) {
            outlet.write(subscription, Messages.fromInFuture());
        } else if (subscription.fromEventSequence != Subscription.ONLY_NEW) {
            subscription.delivered = Math.max(0, subscription.fromEventSequence - 1);
        }
        walletReply.sbeRewind();
        for (WalletReplyDecoder.AccountsDecoder account : walletReply.accounts()) {
            subscription.lag.note(account.token(), account.account(), account.lastEventSequence());
        }
        catchUp.enqueue(subscription);
    }

    private int dispatch() {
        long upTo = Math.min(visible, dispatched + MAX_EVENTS_A_ROUND);
        if (subscriptions.count() == 0 || dispatched >= upTo) {
            return 0;
        }
        if (reader == null) {
            reader = log.openReader();
        }
        try {
            return (int) reader.readRange(dispatched + 1, upTo, onEvent);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "The event log cannot be read after event " + dispatched, e);
            dispatched = visible;
            for (Subscription subscription : subscriptions.all()) {
                onCut(subscription, CloseReason.FAULT);
            }
            return 1;
        }
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        dispatched = eventSequence;
        LegEventDecoder leg = events.asLeg(event, offset);
        if (leg == null) {
            stateChanges.onRecord(eventSequence, event, offset);
            return;
        }
        Subscription payers = subscriptions.ofWallet(leg.from());
        Subscription payees = subscriptions.ofWallet(leg.to());
        if (payers != null || payees != null) {
            StoredLeg stored = events.read(leg);
            fanOut(payees, stored);
            if (leg.from() != leg.to()) {
                fanOut(payers, stored);
            }
            stateChanges.onLeg(leg);
        }
    }

    private void fanOut(Subscription first, StoredLeg leg) {
        Subscription next;
        for (Subscription subscription = first; subscription != null; subscription = next) {
            next = subscription.next;
            try {
                offer(subscription, leg);
            } catch (RuntimeException e) {
                failed(subscription, e);
            }
        }
    }

    private void offer(Subscription subscription, StoredLeg leg) {
        boolean isWritable = subscription.channel.isWritable();
        if (subscription.isLive() && !subscription.conflate && isWritable) {
            if (leg.eventSequence() > subscription.delivered) {
                outlet.sendLeg(subscription, leg, true);
            }
            return;
        }
        if (leg.from() == subscription.wallet) {
            subscription.note(leg.token(), leg.fromAccount(), leg.eventSequence());
        }
        if (leg.to() == subscription.wallet) {
            subscription.note(leg.token(), leg.toAccount(), leg.eventSequence());
        }
        if (isWritable) {
            if (subscription.hasState) {
                catchUp.enqueue(subscription);
            }
            return;
        }
        // A burst fills the buffer of the quickest client for a moment: only who does not drain it counts as slow.
        if (subscription.isStuck) {
            subscription.lag.bytesBehind += LEG_MESSAGES_BYTES;
            if (subscription.lag.bytesBehind > config.maxBehindBytes()) {
                onCut(subscription, CloseReason.SLOW_CONSUMER);
            }
        }
    }

    private void failed(Subscription subscription, RuntimeException cause) {
        if (cause instanceof PrunedHistory) {
            outlet.write(subscription, Messages.pruned());
            onCut(subscription, CloseReason.PRUNED);
            return;
        }
        LOGGER.log(System.Logger.Level.ERROR, "A stream of wallet " + subscription.wallet + " failed", cause);
        onCut(subscription, CloseReason.FAULT);
    }

    private void sweep(long nowNs) {
        for (Subscription subscription : subscriptions.all()) {
            CloseReason reason = subscription.overdue(config, nowNs);
            if (reason != null) {
                onCut(subscription, reason);
            } else if (nowNs - subscription.lastInboundNs >= config.silenceLimitNs()) {
                onLeave(subscription);
                outlet.drop(subscription);
            } else if (nowNs - Math.max(subscription.lastPingNs, subscription.lastInboundNs)
                    >= config.pingIntervalNs()) {
                subscription.lastPingNs = nowNs;
                outlet.write(subscription, new PingWebSocketFrame());
            }
        }
    }
}
