package io.scrip.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.scrip.engine.CommandPort;
import io.scrip.engine.KeyDirectory;
import io.scrip.engine.SnapshotPort;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.auth.TokenBuckets;
import io.scrip.gateway.binary.BinaryConfig;
import io.scrip.gateway.binary.BinaryDoor;
import io.scrip.gateway.history.History;
import io.scrip.gateway.http.Archive;
import io.scrip.gateway.http.CommandSockets;
import io.scrip.gateway.http.ConnectionSetup;
import io.scrip.gateway.http.EngineStatus;
import io.scrip.gateway.http.GatewayMetrics;
import io.scrip.gateway.http.Services;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.http.TextRequests;
import io.scrip.gateway.http.TokenLoader;
import io.scrip.gateway.http.WalletSockets;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
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
    private static final int FIRST_READ_BYTES = 16 << 10;
    private static final int MAX_READ_BYTES = 1 << 20;
    private static final long QUIET_MS = 0;
    private static final long CLOSE_LIMIT_MS = 3_000;

    private final GatewayConfig config;
    private final Services services;
    private MultiThreadIoEventLoopGroup acceptor;
    private MultiThreadIoEventLoopGroup workers;
    private ConnectionSetup setup;
    private BinaryDoor binary;
    private Channel listener;
    private Channel binaryListener;
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
                new Commands(),
                engine,
                snapshots,
                new GatewayMetrics(engine),
                new TokenBuckets(config.rateLimit(), BUSY_KEYS));
    }

    /** Hands upgraded connections on, if the binary door is open. */
    private final class Commands implements CommandSockets {
        @Override
        public boolean isServed() {
            return binary != null;
        }

        @Override
        public void accept(
                Channel channel, Authenticator authenticator, String authorization, Viewer viewer, TextRequests texts) {
            binary.accept(channel, authenticator, authorization, viewer, texts);
        }
    }

    /** Also serves binary connections, once started; the history has to stay open until {@link #close} has returned. */
    public Gateway withBinary(BinaryConfig binaryConfig, History history) {
        binary = new BinaryDoor(
                binaryConfig,
                config.timeouts(),
                services.port(),
                services.keys(),
                services.buckets(),
                history,
                services.metrics().registry());
        return this;
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
        acceptor = new MultiThreadIoEventLoopGroup(
                1,
                named("scrip-accept", FastThreadLocalThread::new),
                config.transport().handlers(0));
        workers = new MultiThreadIoEventLoopGroup(
                config.threads(),
                named("scrip-http", loopThreads),
                config.transport().handlers(config.lingerNs()));
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
        if (binary != null) {
            binary.start(eventLoops);
            listenForBinary(bootstrap, binary.config());
        }
        listener = listen(bootstrap, config.bindAddress(), config.port());
        return portOf(listener);
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

    private void listenForBinary(ServerBootstrap http, BinaryConfig served) throws BindFailure {
        if (served.port() != BinaryConfig.NO_LISTENER) {
            ServerBootstrap tcp = http.clone()
                    .childOption(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new AdaptiveRecvByteBufAllocator(1 << 10, FIRST_READ_BYTES, MAX_READ_BYTES))
                    .childHandler(binary.connections(setup::admit));
            binaryListener = listen(tcp, served.bindAddress(), served.port());
        }
    }

    /** Port of the binary listener; {@link BinaryConfig#NO_LISTENER} when there is none. */
    public int binaryPort() {
        return binaryListener == null ? BinaryConfig.NO_LISTENER : portOf(binaryListener);
    }

    private Channel listen(ServerBootstrap bootstrap, String address, int port) throws BindFailure {
        ChannelFuture bound =
                bootstrap.bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw bindFailure(address, port, bound.cause());
        }
        return bound.channel();
    }

    private static int portOf(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static BindFailure bindFailure(String address, int port, Throwable cause) {
        String place = address + ":" + port;
        String why = String.valueOf(cause.getMessage());
        // The native transport reports it as an IOException, the JDK's as a BindException; both in these words.
        if (why.contains("in use")) {
            return new BindFailure("Port " + port + " is in use (" + place + ").", true, cause);
        }
        if (cause instanceof UnknownHostException || why.contains("unresolved") || why.contains("Unresolved")) {
            return new BindFailure("Address " + address + " is not known.", false, cause);
        }
        return new BindFailure("Cannot listen on " + place + ": " + why + ".", false, cause);
    }

    @Override
    public void close() {
        if (binaryListener != null) {
            binaryListener.close().awaitUninterruptibly(CLOSE_LIMIT_MS);
        }
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
