package io.scrip.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.scrip.tools.load.Wallets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** A WebSocket for each of many wallets, on one event loop, that reads how late what it is sent is. */
// A connection that breaks says so by closing; nobody here waits for a write.
@SuppressWarnings("FutureReturnValueIgnored")
final class Subscribers implements AutoCloseable {
    private static final int AT_A_TIME = 64;
    private static final int SOURCES = 16;
    private static final int TIMEOUT_S = 120;
    private static final int SMALL_FRAME = 125;
    private static final int PING = 0x89;
    private static final byte[] PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] COMPLETED = ascii("{\"type\":\"transaction_completed\"");
    private static final byte[] TIMESTAMP = ascii("\"timestamp\":\"");
    private static final long DAY_NS = 86_400_000_000_000L;

    private final InetSocketAddress server;
    private final Wallets wallets;
    private final EventLoopGroup loop;
    private final Semaphore slots = new Semaphore(AT_A_TIME);
    private final AtomicInteger subscribed = new AtomicInteger();
    private final List<Channel> channels = new ArrayList<>();
    private final Histogram latencies = new Histogram(3_600_000_000_000L, 3);
    private final OffsetEpochNanoClock clock = new OffsetEpochNanoClock();
    private volatile String problem;
    private volatile long measureFromNs = Long.MAX_VALUE;
    private long messages;

    Subscribers(InetSocketAddress server, Wallets wallets) {
        this.server = server;
        this.wallets = wallets;
        loop = new MultiThreadIoEventLoopGroup(
                1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns when all are subscribed and have their first message. */
    void connect() throws IOException, InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true);
        for (int i = 0; i < wallets.size(); i++) {
            if (!slots.tryAcquire(TIMEOUT_S, TimeUnit.SECONDS) || problem != null) {
                throw new IOException("only " + subscribed + " of " + wallets.size() + " could subscribe: " + problem);
            }
            int wallet = i;
            // Many source addresses: one has only some 28,000 ports.
            byte[] source = {127, 0, 0, (byte) (2 + i % SOURCES)};
            channels.add(bootstrap
                    .clone()
                    .localAddress(new InetSocketAddress(InetAddress.getByAddress(source), 0))
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Subscriber(wallet));
                        }
                    })
                    .connect(server)
                    .channel());
        }
        if (!slots.tryAcquire(AT_A_TIME, TIMEOUT_S, TimeUnit.SECONDS) || problem != null) {
            throw new IOException("only " + subscribed + " of " + wallets.size() + " could subscribe: " + problem);
        }
    }

    /** Records from so long after now on. */
    void measure(long afterNs) {
        measureFromNs = System.nanoTime() + afterNs;
    }

    /** What was recorded, in nanoseconds; nothing is recorded any more. */
    Histogram latencies() throws InterruptedException {
        measureFromNs = Long.MAX_VALUE;
        loop.submit(() -> {}).await();
        return latencies;
    }

    long messages() {
        return messages;
    }

    @Override
    public void close() {
        channels.forEach(Channel::close);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** One connection: the handshake, then frames of the server. */
    private final class Subscriber extends ChannelInboundHandlerAdapter {
        private final int wallet;
        private ByteBuf begun;
        private boolean upgraded;
        private boolean greeted;

        Subscriber(int wallet) {
            this.wallet = wallet;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            String request = "GET /ws/wallet/" + wallets.idText(wallet) + " HTTP/1.1\r\nHost: " + server.getHostString()
                    + ":" + server.getPort() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: c2NyaXAtYmVuY2gtMTIzNA==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Authorization: Bearer " + wallets.keyText(wallet) + "\r\n\r\n";
            context.writeAndFlush(context.alloc().buffer(512).writeBytes(ascii(request)));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            if (begun != null) {
                begun.writeBytes(in);
                in.release();
                in = begun;
                begun = null;
            }
            if (!upgraded) {
                upgrade(in);
            }
            while (upgraded && frame(context, in)) {
                messages++;
            }
            if (in.isReadable()) {
                begun = context.alloc().buffer(2 * in.readableBytes()).writeBytes(in);
            }
            in.release();
        }

        private void upgrade(ByteBuf in) {
            int end = in.toString(StandardCharsets.US_ASCII).indexOf("\r\n\r\n");
            if (end >= 0) {
                String head =
                        in.readCharSequence(end + 4, StandardCharsets.US_ASCII).toString();
                if (head.startsWith("HTTP/1.1 101")) {
                    upgraded = true;
                } else {
                    fail(head.lines().findFirst().orElse("no answer"));
                }
            }
        }

        private boolean frame(ChannelHandlerContext context, ByteBuf in) {
            int start = in.readerIndex();
            if (in.readableBytes() < 2) {
                return false;
            }
            int first = in.getUnsignedByte(start);
            int length = in.getUnsignedByte(start + 1);
            int head = 2;
            if (length > SMALL_FRAME) {
                if (in.readableBytes() < 4) {
                    return false;
                }
                length = in.getUnsignedShort(start + 2);
                head = 4;
            }
            if (in.readableBytes() < head + length) {
                return false;
            }
            if (first == PING) {
                context.writeAndFlush(context.alloc().buffer(PONG.length).writeBytes(PONG));
            } else {
                text(in, start + head, length);
            }
            in.readerIndex(start + head + length);
            return true;
        }

        private void text(ByteBuf in, int offset, int length) {
            if (!greeted) {
                greeted = true;
                subscribed.incrementAndGet();
                slots.release();
            }
            if (startsWith(in, offset, length, COMPLETED) && System.nanoTime() - measureFromNs >= 0) {
                record(in, offset + COMPLETED.length, offset + length);
            }
        }

        private void record(ByteBuf in, int from, int to) {
            int at = from;
            while (at >= 0 && at < to) {
                at = in.indexOf(at, to, (byte) '"');
                if (at < 0 || startsWith(in, at, to - at, TIMESTAMP)) {
                    break;
                }
                at++;
            }
            if (at >= 0 && at < to) {
                long sentNs = nanosOfDay(in, at + TIMESTAMP.length);
                long lateNs = Math.floorMod(clock.nanoTime() - sentNs, DAY_NS);
                // The two clocks differ by microseconds: what seems to come a day late came at once.
                latencies.recordValue(lateNs > DAY_NS / 2 ? 0 : lateNs);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (begun != null) {
                begun.release();
                begun = null;
            }
            if (!greeted) {
                fail("a connection was closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(String.valueOf(cause.getMessage()));
            context.close();
        }

        private void fail(String why) {
            if (problem == null) {
                problem = why;
            }
            slots.release();
        }
    }

    private static boolean startsWith(ByteBuf in, int offset, int length, byte[] text) {
        if (length < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (in.getByte(offset + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** Of an RFC 3339 time in UTC, such as 2026-11-21T08:30:44.166022425Z. */
    static long nanosOfDay(ByteBuf in, int offset) {
        int clockAt = offset + "2026-11-21T".length();
        long seconds = (digits(in, clockAt) * 60 + digits(in, clockAt + 3)) * 60 + digits(in, clockAt + 6);
        long nanos = 0;
        long unit = 100_000_000;
        for (int at = clockAt + 9; in.getByte(at) >= '0' && in.getByte(at) <= '9'; at++) {
            nanos += (in.getByte(at) - '0') * unit;
            unit /= 10;
        }
        return seconds * 1_000_000_000 + nanos;
    }

    private static long digits(ByteBuf in, int at) {
        return (in.getByte(at) - '0') * 10L + in.getByte(at + 1) - '0';
    }
}
