package io.scrip.gateway.ws;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.scrip.gateway.history.StoredLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The outbound side of all streams: gives messages their order and place, and flushes each channel once per round of
 * the hub. Hub's thread; Netty takes the frames over to the channels' event loops.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write fails when its channel is closed, which is told otherwise
final class Outlet {
    private final Messages messages = new Messages();
    private final List<Subscription> touched = new ArrayList<>();
    private final long closeTimeoutNs;

    Outlet(long closeTimeoutNs) {
        this.closeTimeoutNs = closeTimeoutNs;
    }

    /** @param reply a WalletReply message with its header */
    void sendState(Subscription to, DirectBuffer reply, long eventSequence) {
        write(to, messages.walletState(to.channel.alloc(), reply, eventSequence, to.lastSent));
        to.lastSent = eventSequence;
    }

    /** The main account's balance first, if the leg changed it, then the transfer, both under the leg's sequence. */
    void sendLeg(Subscription to, StoredLeg leg, boolean withBalance) {
        if (withBalance && leg.mainBalancesOf(to.wallet) != null) {
            write(to, messages.balanceUpdate(to.channel.alloc(), leg, to.wallet, to.lastSent));
            to.lastSent = leg.eventSequence();
        }
        write(to, messages.transactionCompleted(to.channel.alloc(), leg, to.viewer, to.lastSent));
        to.lastSent = leg.eventSequence();
        to.delivered = leg.eventSequence();
    }

    void write(Subscription to, WebSocketFrame frame) {
        to.channel.write(frame);
        if (!to.isTouched) {
            to.isTouched = true;
            touched.add(to);
        }
    }

    void flush() {
        for (Subscription subscription : touched) {
            subscription.isTouched = false;
            subscription.channel.flush();
        }
        touched.clear();
    }

    /** Closes without a word: nobody seems to be there. */
    void drop(Subscription subscription) {
        subscription.channel.close();
    }

    /** Says why and closes; a peer that does not take the close frame in time is disconnected without. */
    void close(Subscription subscription, CloseReason reason) {
        Channel channel = subscription.channel;
        channel.writeAndFlush(reason.frame()).addListener(ChannelFutureListener.CLOSE);
        if (channel.isActive() && !channel.eventLoop().isShuttingDown()) {
            ScheduledFuture<?> deadline =
                    channel.eventLoop().schedule((Runnable) channel::close, closeTimeoutNs, TimeUnit.NANOSECONDS);
            channel.closeFuture().addListener(closed -> deadline.cancel(false));
        }
    }
}
