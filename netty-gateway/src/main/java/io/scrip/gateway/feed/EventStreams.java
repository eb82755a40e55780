package io.scrip.gateway.feed;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.scrip.engine.EventListener;
import io.scrip.engine.EventLog;
import io.scrip.gateway.http.EventFeeds;
import io.scrip.gateway.json.TokenScales;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The event log as lines of JSON for whoever audits or feeds another system from it.
 *
 * <p>One thread serves all clients, a chunk each in turn. The pipeline only writes one volatile number: while somebody
 * follows, the thread looks for itself every two milliseconds, and nobody has to wake it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Of closing a channel.
public final class EventStreams implements EventFeeds, EventListener, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(EventStreams.class.getName());
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long NOBODY_NS = TimeUnit.SECONDS.toNanos(1);

    private final EventLog log;
    private final TokenScales scales;
    private final FeedConfig config;
    private final LongSupplier clockNs;
    private final ConcurrentLinkedQueue<Feed> joining = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<Feed> feeds = new ArrayList<>();
    private final Thread thread;
    private volatile long visible;
    private volatile boolean isClosed;

    /** Starts the thread. The log has to stay open until {@link #close()} has returned. */
    public EventStreams(EventLog log, TokenScales scales, FeedConfig config) {
        this(log, scales, config, System::nanoTime);
    }

    EventStreams(EventLog log, TokenScales scales, FeedConfig config, LongSupplier clockNs) {
        this.log = log;
        this.scales = scales;
        this.config = config;
        this.clockNs = clockNs;
        this.visible = log.lastEventSequence();
        this.thread = new Thread(this::run, "event-feeds");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    @Override
    public void onEventsVisible(long eventSequence) {
        visible = eventSequence;
    }

    @Override
    public long lastVisible() {
        return visible;
    }

    @Override
    public long firstKept() {
        return log.firstEventSequence();
    }

    @Override
    public boolean hasRoom() {
        return count.get() < config.maxFeeds() && !isClosed;
    }

    @Override
    public boolean follow(Channel channel, Request request) {
        if (count.incrementAndGet() > config.maxFeeds() || isClosed) {
            count.decrementAndGet();
            return false;
        }
        channel.pipeline().addLast("event-feed", new Silence());
        joining.add(new Feed(channel, log, scales, config, request, visible, clockNs.getAsLong()));
        LockSupport.unpark(thread);
        return true;
    }

    private void run() {
        while (!isClosed) {
            if (!work()) {
                LockSupport.parkNanos(this, feeds.isEmpty() ? NOBODY_NS : LOOK_AGAIN_NS);
            }
        }
        admit();
        feeds.forEach(Feed::cut);
    }

    private void admit() {
        for (Feed feed = joining.poll(); feed != null; feed = joining.poll()) {
            feeds.add(feed);
        }
    }

    private boolean work() {
        admit();
        boolean hasSent = false;
        for (int i = feeds.size() - 1; i >= 0; i--) {
            Feed feed = feeds.get(i);
            boolean isOver;
            try {
                hasSent |= serve(feed);
                isOver = feed.isDone();
            } catch (RuntimeException e) {
                // One client's trouble must not end the others' feeds.
                LOGGER.log(System.Logger.Level.ERROR, "An event feed failed", e);
                feed.cut();
                isOver = true;
            }
            if (isOver || !feed.channel.isOpen()) {
                feeds.remove(i);
                count.decrementAndGet();
            }
        }
        return hasSent;
    }

    private boolean serve(Feed feed) {
        long nowNs = clockNs.getAsLong();
        if (feed.isLost(nowNs)) {
            feed.cut();
            return false;
        }
        long upTo = visible;
        feed.begin(upTo);
        boolean hasSent = feed.advance(upTo, nowNs);
        if (feed.isDone()) {
            feed.finish();
        }
        return hasSent;
    }

    /** Cuts every feed and waits for the thread to end. */
    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The client has nothing more to say; if it hangs up, the feed ends. */
    private static final class Silence extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
            context.close();
        }
    }
}
