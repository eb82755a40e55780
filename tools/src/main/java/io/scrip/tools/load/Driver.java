package io.scrip.tools.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One thread with its connections: sends what is due on connections with room, waits for answers, and records them.
 * {@link #run} is the whole life of the thread; {@link #stop}, {@link #meter} are for others.
 */
// Connections report by their handlers.
@SuppressWarnings("FutureReturnValueIgnored")
final class Driver implements Runnable {
    private static final long LONGEST_WAIT_NS = 20_000_000;
    private static final long MOST_TO_CONNECT_NS = 10_000_000_000L;
    private static final long RECONNECT_MS = 50;
    private static final int GIVE_UP_AFTER = 200;
    private static final int READ_BYTES = 32_768;

    private final InetSocketAddress server;
    private volatile Times times;
    private final double ratePerSecond;
    private final Workload workload;
    private final int requestBytes;
    private final long drainNs;
    private final int connections;
    private final int depth;
    private final Meter meter = new Meter();
    /** Takes what does not count. */
    private final Meter beforehand = new Meter();

    private final List<Link> links = new ArrayList<>();
    /** Connections with room, each as often as it has room. */
    private final ArrayDeque<Link> free = new ArrayDeque<>();

    private final ArrayDeque<Link> unflushed = new ArrayDeque<>();
    private ManualIoEventLoop loop;
    private Bootstrap bootstrap;
    private int open;
    private int failures;
    private boolean exhausted;
    private volatile boolean stopped;
    private volatile String failure;
    private volatile long lastAnswerNs;

    /**
     * When a driver works, on {@link System#nanoTime}.
     *
     * @param startNs   first request
     * @param measureNs requests that are due from here on count
     * @param endNs     the last request is due before
     */
    record Times(long startNs, long measureNs, long endNs) {
        /** The same, but not before a moment. */
        Times notBefore(long ns) {
            long later = Math.max(0, ns - startNs);
            return new Times(startNs + later, measureNs + later, endNs + later);
        }
    }

    Driver(LoadPlan plan, int connections, double ratePerSecond, Times times, Workload workload) {
        server = plan.server();
        depth = plan.depth();
        requestBytes = plan.requestBytes();
        drainNs = plan.drainNs();
        this.connections = connections;
        this.ratePerSecond = ratePerSecond;
        this.times = times;
        this.workload = workload;
        lastAnswerNs = times.measureNs();
    }

    @Override
    public void run() {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        loop = new ManualIoEventLoop(Thread.currentThread(), io);
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
        try {
            for (int i = 0; i < connections; i++) {
                Link link = new Link(this, i, depth, workload.newReader());
                links.add(link);
                connect(link);
            }
            awaitConnections();
            work();
        } catch (RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
        } finally {
            end();
        }
    }

    /** Time does not run while a busy machine connects; who cannot connect at all is not waited for. */
    private void awaitConnections() {
        long beganNs = System.nanoTime();
        while (open < connections && failure == null && !stopped && System.nanoTime() - beganNs < MOST_TO_CONNECT_NS) {
            loop.run(LONGEST_WAIT_NS);
        }
        times = times.notBefore(System.nanoTime());
        lastAnswerNs = times.measureNs();
    }

    private void work() {
        Pacer pacer = ratePerSecond > 0 ? Pacer.open(times.startNs(), ratePerSecond) : Pacer.closed();
        long nowNs = System.nanoTime();
        while (failure == null && !stopped && !exhausted && nowNs - times.endNs() < 0) {
            sendDue(pacer, nowNs);
            loop.run(waitNs(pacer, nowNs));
            nowNs = System.nanoTime();
        }
        drain(pacer);
    }

    private void sendDue(Pacer pacer, long nowNs) {
        while (!free.isEmpty() && !exhausted) {
            long dueNs = pacer.nextDueNs(nowNs);
            if (dueNs - nowNs > 0 || dueNs - times.endNs() >= 0 || nowNs - times.startNs() < 0) {
                break;
            }
            Link link = free.poll();
            if (!link.isFree()) {
                continue;
            }
            ByteBuf request = link.newRequest(requestBytes);
            if (workload.write(link.number(), request) == 0) {
                request.release();
                exhausted = true;
                break;
            }
            link.send(request, pacer.take(nowNs));
        }
        for (Link link = unflushed.poll(); link != null; link = unflushed.poll()) {
            link.flush();
        }
    }

    private long waitNs(Pacer pacer, long nowNs) {
        long waitNs = LONGEST_WAIT_NS;
        if (nowNs - times.startNs() < 0) {
            waitNs = Math.min(waitNs, times.startNs() - nowNs);
        } else if (pacer.isOpen() && !free.isEmpty()) {
            waitNs = Math.min(waitNs, pacer.nextDueNs(nowNs) - nowNs);
        }
        // The loop takes 0 for "as long as it takes".
        return waitNs <= 0 ? -1 : waitNs;
    }

    /** Sends what was due before the end and waits for what is under way; what cannot be sent any more counts, too. */
    private void drain(Pacer pacer) {
        long beganNs = System.nanoTime();
        long nowNs = beganNs;
        while (failure == null && nowNs - beganNs < drainNs && (underWay() > 0 || isBehind(pacer, nowNs))) {
            if (!stopped) {
                sendDue(pacer, nowNs);
            }
            loop.run(LONGEST_WAIT_NS);
            nowNs = System.nanoTime();
        }
        while (isBehind(pacer, nowNs)) {
            long dueNs = pacer.take(nowNs);
            if (dueNs - times.measureNs() >= 0) {
                meter.add(Meter.Count.UNSENT, 1);
                meter.record(nowNs - dueNs);
            }
        }
    }

    private boolean isBehind(Pacer pacer, long nowNs) {
        long dueNs = pacer.nextDueNs(nowNs);
        return pacer.isOpen() && !stopped && !exhausted && dueNs - times.endNs() < 0 && dueNs - nowNs <= 0;
    }

    private int underWay() {
        int sum = 0;
        for (Link link : links) {
            sum += link.underWay();
        }
        return sum;
    }

    private void end() {
        stopped = true;
        links.forEach(Link::close);
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (open > 0 && System.nanoTime() - deadlineNs < 0) {
            loop.run(LONGEST_WAIT_NS);
        }
        loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        while (!loop.isTerminated()) {
            loop.run(LONGEST_WAIT_NS);
        }
    }

    private void connect(Link link) {
        bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(link);
                    }
                })
                .connect(server)
                .addListener(result -> {
                    if (!result.isSuccess()) {
                        tryAgain(link);
                    }
                });
    }

    private void tryAgain(Link link) {
        failures++;
        boolean neverAnswered = open == 0 && failures >= connections && lastAnswerNs == times.measureNs();
        if (failures > GIVE_UP_AFTER || neverAnswered) {
            failed("nothing answers at " + server);
        } else if (!stopped) {
            loop.schedule(() -> connect(link), RECONNECT_MS, TimeUnit.MILLISECONDS);
        }
    }

    void opened(Link link) {
        open++;
        failures = 0;
        workload.onOpened(link.number());
        for (int i = 0; i < depth; i++) {
            free.add(link);
        }
    }

    void closed(Link link) {
        open--;
        free.removeIf(one -> one == link);
        if (!stopped) {
            tryAgain(link);
        }
    }

    void toFlush(Link link) {
        unflushed.add(link);
    }

    void answered(Link link, long dueNs, AnswerReader reader, ByteBuf in) {
        long nowNs = System.nanoTime();
        free.add(link);
        boolean counts = dueNs - times.measureNs() >= 0;
        if (counts) {
            meter.record(nowNs - dueNs);
            meter.add(Meter.Count.ANSWERS, 1);
            lastAnswerNs = nowNs;
        }
        Meter into = counts ? meter : beforehand;
        workload.onAnswer(link.number(), reader.status(), in, reader.bodyOffset(), reader.bodyLength(), into);
    }

    void lost(Link link) {
        meter.add(Meter.Count.LOST, 1);
        workload.onLost(link.number());
    }

    void failed(String why) {
        if (failure == null) {
            failure = why;
        }
    }

    /** Ends it soon. */
    void stop() {
        stopped = true;
    }

    Meter meter() {
        return meter;
    }

    /** Why it ended before its time, null when it did not. */
    String failure() {
        return failure;
    }

    /** From when on requests count. */
    long measureNs() {
        return times.measureNs();
    }

    long lastAnswerNs() {
        return lastAnswerNs;
    }
}
