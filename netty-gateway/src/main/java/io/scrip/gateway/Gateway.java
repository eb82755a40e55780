package io.scrip.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.scrip.engine.CommandPort;
import io.scrip.engine.KeyDirectory;
import io.scrip.engine.SnapshotPort;
import io.scrip.gateway.auth.TokenBuckets;
import io.scrip.gateway.http.Archive;
import io.scrip.gateway.http.ConnectionSetup;
import io.scrip.gateway.http.EngineStatus;
import io.scrip.gateway.http.GatewayMetrics;
import io.scrip.gateway.http.Services;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.http.TokenLoader;
import io.scrip.gateway.http.WalletSockets;
import io.scrip.gateway.json.TokenScales;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP server. Wire it, {@link #start} it, {@link #close} it; one instance serves once.
 *
 * <p>The engine must be running before {@link #start}. On {@link #close} the listening socket goes first, so that no
 * new connection comes; then the event loops end, and with them all connections.
 */
public final class Gateway implements AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final int BUSY_KEYS = 1 << 16;
    private static final int LOW_WATER_BYTES = 32 << 10;
    private static final int HIGH_WATER_BYTES = 64 << 10;
    private static final long QUIET_MS = 0;
    private static final long CLOSE_LIMIT_MS = 3_000;

    private final GatewayConfig config;
    private final Services services;
    private MultiThreadIoEventLoopGroup acceptor;
    private MultiThreadIoEventLoopGroup workers;
    private ConnectionSetup setup;
    private Channel listener;
    private ThreadFactory loopThreads = FastThreadLocalThread::new;

    /** For a server that makes no snapshots. */
    public Gateway(
            GatewayConfig config,
            CommandPort port,
            KeyDirectory keys,
            TokenScales scales,
            StoredOutcomes outcomes,
            Archive archive,
            WalletSockets sockets,
            EngineStatus engine) {
        this(config, port, keys, scales, outcomes, archive, sockets, engine, SnapshotPort.NONE);
    }

    /** What the gateway needs of the rest of the server. */
    public Gateway(
            GatewayConfig config,
            CommandPort port,
            KeyDirectory keys,
            TokenScales scales,
            StoredOutcomes outcomes,
            Archive archive,
            WalletSockets sockets,
            EngineStatus engine,
            SnapshotPort snapshots) {
        this.config = config;
        services = new Services(
                config,
                port,
                keys,
                scales,
                outcomes,
                archive,
                sockets,
                engine,
                snapshots,
                new GatewayMetrics(engine),
                new TokenBuckets(config.rateLimit(), BUSY_KEYS));
    }

    /** Where other parts of the gateway register metrics of their own. */
    public GatewayMetrics metrics() {
        return services.metrics();
    }

    /**
     * Starts to listen, once the ledger has told its tokens.
     *
     * @return the port, which was chosen by the system if the configuration says 0
     */
    public int start() throws BindFailure {
        TokenLoader.load(services.port(), services.scales());
        IoHandlerFactory transport = config.transport().handlers();
        acceptor = new MultiThreadIoEventLoopGroup(1, named("scrip-accept", FastThreadLocalThread::new), transport);
        workers = new MultiThreadIoEventLoopGroup(config.threads(), named("scrip-http", loopThreads), transport);
        List<EventLoop> eventLoops = new ArrayList<>();
        for (EventExecutor executor : workers) {
            eventLoops.add((EventLoop) executor);
        }
        setup = new ConnectionSetup(services, eventLoops);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(config.transport().channels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
                .childHandler(setup);
        ChannelFuture bound = bootstrap
                .bind(new InetSocketAddress(config.bindAddress(), config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw bindFailure(bound.cause());
        }
        listener = bound.channel();
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Makes the event loops' threads with this from now on, so that they may be given CPUs of their own. */
    public void eventLoopThreads(ThreadFactory factory) {
        loopThreads = factory;
    }

    private static ThreadFactory named(String name, ThreadFactory factory) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setName(name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private BindFailure bindFailure(Throwable cause) {
        String place = config.bindAddress() + ":" + config.port();
        String why = String.valueOf(cause.getMessage());
        // The native transport reports it as an IOException, the JDK's as a BindException; both in these words.
        if (why.contains("in use")) {
            return new BindFailure("Port " + config.port() + " is in use (" + place + ").", true, cause);
        }
        if (cause instanceof UnknownHostException || why.contains("unresolved") || why.contains("Unresolved")) {
            return new BindFailure("Address " + config.bindAddress() + " is not known.", false, cause);
        }
        return new BindFailure("Cannot listen on " + place + ": " + why + ".", false, cause);
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly(CLOSE_LIMIT_MS);
        }
        end(acceptor);
        if (setup != null) {
            setup.closeAll(CLOSE_LIMIT_MS);
        }
        end(workers);
    }

    private static void end(MultiThreadIoEventLoopGroup group) {
        if (group != null) {
            Future<?> ended = group.shutdownGracefully(QUIET_MS, CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
            ended.awaitUninterruptibly(CLOSE_LIMIT_MS);
        }
    }
}
