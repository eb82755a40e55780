package io.scrip.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.MutableDirectBuffer;

/**
 * A connection to the ledger's binary listener. Any thread may use it; it has one thread of its own, on which the
 * futures are completed: what is chained to them must not block.
 *
 * <p>Single commands that wait while others are in flight are sent together as one batch; each keeps its own id and its
 * own outcome. A connection that is lost is made again and everything without an answer is sent again with its id, which
 * the ledger does once. A request that has no answer at its deadline ends with a {@link ScripException}, which says
 * whether it may have been done.
 */
public final class ScripClient implements AutoCloseable {
    private static final int LOW_WATER_BYTES = 2 << 20;
    private static final int HIGH_WATER_BYTES = 4 << 20;
    private static final int MAX_QUERY_BYTES = 128;
    private static final int MAX_TEXT_BYTES = 128;
    private static final int MAX_REVERSE_BYTES = 1_024;
    private static final long CLOSE_LIMIT_MS = 3_000;

    private final ClientOptions options;
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop eventLoop;
    private final Bootstrap bootstrap;
    private final Dispatch dispatch;
    private final Semaphore permits;
    private long wallet;
    private volatile boolean isClosed;

    private ScripClient(ClientOptions options) {
        this.options = options;
        boolean epoll = Epoll.isAvailable();
        Class<? extends SocketChannel> channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("scrip-client", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        eventLoop = (EventLoop) group.iterator().next();
        permits = new Semaphore(options.maxPending());
        bootstrap = new Bootstrap()
                .group(group)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(options.connectTimeout().toMillis(), Integer.MAX_VALUE))
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                .remoteAddress(options.host(), options.port());
        dispatch = new Dispatch(options, eventLoop, this::connectOnce);
    }

    /**
     * Connects and says whose the connection is.
     *
     * @throws ScripException when nobody listens there, or the key is not known
     */
    public static ScripClient connect(ClientOptions options) {
        ScripClient client = new ScripClient(options);
        client.eventLoop.execute(client::connectOnce);
        try {
            client.wallet =
                    client.dispatch.welcomed.get(options.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
            return client;
        } catch (ExecutionException e) {
            client.close();
            throw new ScripException(
                    ScripException.Reason.NOT_CONNECTED, e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            client.close();
            throw new ScripException(ScripException.Reason.NOT_CONNECTED, "no answer in time", e);
        } catch (InterruptedException e) {
            client.close();
            Thread.currentThread().interrupt();
            throw new ScripException(ScripException.Reason.NOT_CONNECTED, "interrupted", e);
        }
    }

    private void connectOnce() {
        if (dispatch.isOver()) {
            return;
        }
        Link link = new Link(dispatch);
        ChannelFuture connecting = bootstrap.clone().handler(link).connect();
        connecting.addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                dispatch.onDisconnected(null, String.valueOf(done.cause().getMessage()));
            }
        });
    }

    /** Number of the wallet whose key it is; 0: the operator's. */
    public long wallet() {
        return wallet;
    }

    /** A transfer, or a hold when it has a timeout. */
    public CompletableFuture<Result> transfer(TransferRequest request) {
        int maxBytes = Encoders.transferBytes(request);
        Message message = new Message() {
            @Override
            public int encode(Encoders encoders, MutableDirectBuffer buffer, int at) {
                return encoders.transfer(request, buffer, at);
            }

            @Override
            public int maxBytes() {
                return maxBytes;
            }
        };
        return submit(message, !request.dryRun(), Decoders::command);
    }

    /** Captures a hold; {@code amount} 0: all that is left. A final capture gives back what it leaves. */
    public CompletableFuture<Result> postHold(UUID id, UUID hold, long amount, boolean isFinal) {
        return submit(
                small((encoders, buffer, at) -> encoders.post(id, hold, amount, isFinal, buffer, at)),
                true,
                Decoders::command);
    }

    /** Gives back what is left of a hold. */
    public CompletableFuture<Result> voidHold(UUID id, UUID hold) {
        return submit(
                small((encoders, buffer, at) -> encoders.voidHold(id, hold, buffer, at)), true, Decoders::command);
    }

    /** Lets a hold live until so long from now. */
    public CompletableFuture<Result> extendHold(UUID id, UUID hold, long timeoutNs) {
        return submit(
                small((encoders, buffer, at) -> encoders.extend(id, hold, timeoutNs, buffer, at)),
                true,
                Decoders::command);
    }

    /** Gives a movement back, {@code amount} 0: all that was not yet. */
    public CompletableFuture<Result> reverse(UUID id, UUID original, long amount, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a reason has at most 128 bytes of UTF-8");
        }
        return submit(
                sized(
                        MAX_REVERSE_BYTES,
                        (encoders, buffer, at) -> encoders.reverse(id, original, amount, text, buffer, at)),
                false,
                Decoders::command);
    }

    /** Value enters; with an operator's key. */
    public CompletableFuture<Result> issue(UUID id, long to, long token, long amount) {
        return submit(
                sized(MAX_REVERSE_BYTES, (encoders, buffer, at) -> encoders.issue(id, to, token, amount, buffer, at)),
                false,
                Decoders::command);
    }

    /**
     * Sends transfers as one batch, one result each in their order.
     *
     * @param linked whether all of them are applied or none
     * @throws IllegalArgumentException when they are none, or more than one batch may hold: 8,190, and 2 MiB in all
     */
    public CompletableFuture<List<Result>> batch(List<TransferRequest> requests, boolean linked) {
        if (requests.isEmpty() || requests.size() > ClientOptions.MAX_BATCH_ITEMS) {
            throw new IllegalArgumentException("a batch has 1 to 8,190 items, not " + requests.size());
        }
        List<TransferRequest> items = List.copyOf(requests);
        int lengthBytes = Encoders.BATCH_HEAD_BYTES;
        for (TransferRequest item : items) {
            lengthBytes += Encoders.ITEM_HEAD_BYTES + Encoders.transferBytes(item);
        }
        if (lengthBytes > Encoders.MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException("a batch has at most 2 MiB, not " + lengthBytes + " bytes");
        }
        return submit(sized(lengthBytes, new BatchMessage(items, linked)), false, Decoders::results);
    }

    /** A wallet's accounts. */
    public CompletableFuture<WalletState> wallet(long number) {
        return submit(small((encoders, buffer, at) -> encoders.wallet(number, buffer, at)), false, Decoders::wallet);
    }

    /** Where the outcome of an id stands, and what has become of it. */
    public CompletableFuture<OutcomeState> outcome(UUID id) {
        return submit(small((encoders, buffer, at) -> encoders.outcome(id, buffer, at)), false, Decoders::outcome);
    }

    private <T> CompletableFuture<T> submit(Message message, boolean isItem, Pending.Reading<T> reading) {
        long deadlineNs = System.nanoTime() + options.deadline().toNanos();
        Pending<T> pending = new Pending<>(message, isItem, deadlineNs, reading);
        if (isClosed) {
            pending.fail(ScripException.Reason.CLOSED, "The client is closed.");
            return pending.future;
        }
        if (!acquire()) {
            pending.fail(ScripException.Reason.FULL, "As many requests wait as may.");
            return pending.future;
        }
        if (isClosed) {
            // While this waited for its turn.
            permits.release();
            pending.fail(ScripException.Reason.CLOSED, "The client is closed.");
            return pending.future;
        }
        CompletableFuture<T> answered = pending.future.whenComplete((result, failure) -> permits.release());
        dispatch.add(pending);
        return answered;
    }

    private boolean acquire() {
        if (permits.tryAcquire()) {
            return true;
        }
        if (options.whenFull() == ClientOptions.WhenFull.FAIL || eventLoop.inEventLoop()) {
            return false;
        }
        permits.acquireUninterruptibly();
        return true;
    }

    private static Message small(Writing writing) {
        return sized(MAX_QUERY_BYTES, writing);
    }

    private static Message sized(int maxBytes, Writing writing) {
        return new Sized(maxBytes, writing);
    }

    /** Writes a message. */
    @FunctionalInterface
    interface Writing {
        int write(Encoders encoders, MutableDirectBuffer buffer, int at);
    }

    private record Sized(int maxBytes, Writing writing) implements Message {
        @Override
        public int encode(Encoders encoders, MutableDirectBuffer buffer, int at) {
            return writing.write(encoders, buffer, at);
        }
    }

    private record BatchMessage(List<TransferRequest> items, boolean linked) implements Writing {
        @Override
        public int write(Encoders encoders, MutableDirectBuffer buffer, int start) {
            int at = start + encoders.batchHead(items.size(), buffer, start);
            for (int i = 0; i < items.size(); i++) {
                int commandBytes = encoders.transfer(items.get(i), buffer, at + Encoders.ITEM_HEAD_BYTES);
                Encoders.itemHead(linked && i < items.size() - 1, commandBytes, buffer, at);
                at += Encoders.ITEM_HEAD_BYTES + commandBytes;
            }
            return at - start;
        }
    }

    /** Ends the connection. Requests without an answer end with a {@link ScripException}. */
    @Override
    public void close() {
        isClosed = true;
        if (!group.isShuttingDown()) {
            eventLoop.submit(dispatch::close).awaitUninterruptibly(CLOSE_LIMIT_MS);
            group.shutdownGracefully(0, CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_LIMIT_MS);
            dispatch.failAdded();
        }
    }
}
