package io.scrip.gateway.ws;

import io.scrip.engine.CommandPort;
import io.scrip.engine.ReplySink;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import java.util.ArrayDeque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks the core for wallets' states on behalf of subscriptions, again and again while the ring is full. Hub's thread. */
final class StateQueries {
    private final CommandPort commands;
    private final ReplySink sink;
    private final UnsafeBuffer query =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + GetWalletEncoder.BLOCK_LENGTH]);
    private final GetWalletEncoder encoder = new GetWalletEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ArrayDeque<Subscription> waiting = new ArrayDeque<>();

    StateQueries(CommandPort commands, Replies replies) {
        this.commands = commands;
        this.sink = new ReplySink() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                byte[] copy = new byte[length];
                reply.getBytes(offset, copy);
                replies.onState(correlationId, copy);
            }

            @Override
            public void onBatchEnd() {
                replies.onBatchEnd();
            }
        };
    }

    /** Told on the pipeline's thread. */
    interface Replies {
        void onState(long subscriptionId, byte[] reply);

        void onBatchEnd();
    }

    /** One query for a subscription is under way at most; the answer to a second wish is a second query. */
    void want(Subscription subscription, long nowNs) {
        if (subscription.isStateAsked) {
            subscription.isStateWantedAgain = true;
            return;
        }
        subscription.isStateAsked = true;
        subscription.stateWantedSinceNs = nowNs;
        if (!waiting.isEmpty() || !offer(subscription)) {
            waiting.addLast(subscription);
        }
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Offers what could not be offered before, in order, until the ring is full again; returns how many went. */
    int offerWaiting() {
        int offered = 0;
        while (!waiting.isEmpty()) {
            Subscription first = waiting.peekFirst();
            if (!first.isClosed && !offer(first)) {
                return offered;
            }
            waiting.removeFirst();
            offered++;
        }
        return offered;
    }

    private boolean offer(Subscription subscription) {
        encoder.wrapAndApplyHeader(query, 0, header).id().high(0).low(0);
        encoder.caller().role(subscription.viewer.role()).wallet(subscription.viewer.wallet());
        encoder.wallet(subscription.wallet);
        return commands.offer(query, 0, query.capacity(), sink, subscription.id);
    }
}
