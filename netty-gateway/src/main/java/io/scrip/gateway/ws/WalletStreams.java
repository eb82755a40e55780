package io.scrip.gateway.ws;

import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.scrip.engine.CommandPort;
import io.scrip.engine.EventListener;
import io.scrip.engine.EventLog;
import io.scrip.gateway.json.Viewer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Live streams of wallets over WebSocket: the wallet's state first, then every leg of it once and in order.
 *
 * <p>One thread serves all streams; {@link #onEventsVisible} costs the pipeline two volatile accesses while nobody
 * listens, and an unpark at most when the streams' thread had nothing to do for a while. See docs/websocket.md.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing a channel
public final class WalletStreams implements EventListener, AutoCloseable {
    /** Longest frame a client may send; longer ones are answered with close code 1009. */
    public static final int MAX_FRAME_BYTES = 16 << 10;

    /** Rounds without work after which the thread lets itself be woken instead of looking again by itself. */
    private static final int ROUNDS_BEFORE_PARKING = 20;

    private static final System.Logger LOGGER = System.getLogger(WalletStreams.class.getName());
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final StreamConfig config;
    private final LongSupplier clockNs;
    private final StreamHub hub;
    private final Thread thread;
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean isClosed;

    /** Starts the thread. Log and commands have to stay open until {@link #close()} has returned. */
    public WalletStreams(EventLog log, CommandPort commands, StreamConfig config) {
        this(log, commands, config, System::nanoTime);
    }

    WalletStreams(EventLog log, CommandPort commands, StreamConfig config, LongSupplier clockNs) {
        this.config = config;
        this.clockNs = clockNs;
        this.hub = new StreamHub(log, commands, config, clockNs);
        this.thread = new Thread(this::run, "wallet-streams");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** How the frame decoder has to be set up: masked frames only, short ones, no extensions, violations closed. */
    public static WebSocketDecoderConfig decoderConfig() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(true)
                .withUTF8Validator(false)
                .build();
    }

    @Override
    public void onEventsVisible(long eventSequence) {
        hub.eventsVisible(eventSequence);
    }

    /**
     * Takes over a channel that has just been upgraded, on its event loop: the pipeline holds the WebSocket frame codec
     * (see {@link #decoderConfig()}) and nothing of HTTP. The viewer has been authorised to read the wallet; whether
     * the wallet is there, the stream finds out itself.
     *
     * @param fromEventSequence first event wanted, inclusive; -1: only what comes after the state
     * @param conflate          whether balances that are overtaken while the client is busy may be left out
     */
    public void subscribe(Channel channel, long wallet, long fromEventSequence, boolean conflate, Viewer viewer) {
        if (fromEventSequence < Subscription.ONLY_NEW) {
            throw new IllegalArgumentException("an event sequence is not negative: " + fromEventSequence);
        }
        Subscription subscription = new Subscription(
                lastId.incrementAndGet(), channel, wallet, fromEventSequence, conflate, viewer, clockNs.getAsLong());
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(config.lowWaterBytes(), config.highWaterBytes()));
        channel.pipeline().addLast("wallet-stream", new SocketHandler(hub, subscription, config, clockNs));
        if (isClosed || !channel.isActive()) {
            channel.close();
            return;
        }
        hub.join(subscription);
    }

    /** Whether anybody is listening. Any thread. */
    public boolean isWatched() {
        return hub.isWatched();
    }

    /** Ends every stream of the wallet, because its key is no longer valid. Any thread. */
    public void closeAll(long wallet) {
        hub.cutAll(wallet, CloseReason.KEY_REVOKED);
    }

    private void run() {
        int idleRounds = 0;
        while (!isClosed) {
            if (work() > 0) {
                idleRounds = 0;
            } else if (idleRounds < ROUNDS_BEFORE_PARKING) {
                // Under load the next batch is near: looking again is cheaper for the pipeline than waking us.
                idleRounds++;
                LockSupport.parkNanos(PAUSE_NS);
            } else {
                hub.park();
            }
        }
        hub.closeAll();
    }

    private int work() {
        try {
            return hub.doWork();
        } catch (RuntimeException e) {
            // One connection's trouble must not end the streams of all the others.
            LOGGER.log(System.Logger.Level.ERROR, "A round of the wallet streams failed", e);
            return 0;
        }
    }

    /** Tells every client that the server is stopping, and waits for the thread to end. */
    @Override
    public void close() {
        isClosed = true;
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(TimeUnit.SECONDS.toNanos(1)));
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
