package io.scrip.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.scrip.gateway.GatewayConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets connections in, up to the limits, and gives each its handlers. Any event loop. */
public final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final GatewayConfig config;
    private final GatewayMetrics metrics;
    private final IdentityHashMap<EventLoop, Loop> loops = new IdentityHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ConcurrentHashMap<InetAddress, Integer> openPerAddress = new ConcurrentHashMap<>();

    /** Prepares one {@link Loop} per event loop. */
    public ConnectionSetup(Services services, List<EventLoop> eventLoops) {
        config = services.config();
        metrics = services.metrics();
        Routes routes = new Routes(ApiRoutes.all());
        metrics.routes(routes.all());
        Dispatcher dispatcher = new Dispatcher(routes, services);
        for (EventLoop eventLoop : eventLoops) {
            Loop loop = new Loop(services, dispatcher, eventLoop, loops.size());
            loops.put(eventLoop, loop);
            loop.start();
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        if (admit(channel)) {
            Loop loop = loops.get(channel.eventLoop());
            HttpConnection connection = new HttpConnection(loop);
            channel.pipeline().addLast(connection.decoder(), connection);
        }
    }

    /** Counts a connection, of whatever kind, against the limits; one beyond them is reset. */
    public boolean admit(Channel channel) {
        if (open.incrementAndGet() > config.maxConnections()) {
            open.decrementAndGet();
            reset(channel);
            return false;
        }
        InetAddress address = limitedAddress(channel);
        if (address != null && openPerAddress.merge(address, 1, Integer::sum) > config.maxConnectionsPerAddress()) {
            leave(address);
            open.decrementAndGet();
            reset(channel);
            return false;
        }
        metrics.onConnected();
        channels.add(channel);
        channel.closeFuture().addListener((ChannelFutureListener) closed -> {
            open.decrementAndGet();
            if (address != null) {
                leave(address);
            }
            metrics.onDisconnected();
        });
        return true;
    }

    /**
     * Closes every connection and waits for that. An event loop that ends by itself forgets a connection that was reset
     * while its reading was paused, with all it holds.
     */
    public void closeAll(long limitMs) {
        boolean unused = channels.close().awaitUninterruptibly(limitMs);
    }

    /** The address to count, {@code null} when connections from there are not limited. */
    private InetAddress limitedAddress(Channel channel) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            return null;
        }
        InetAddress address = remote.getAddress();
        return address.isLoopbackAddress() && !config.limitLoopback() ? null : address;
    }

    private void leave(InetAddress address) {
        openPerAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Refuses at once and without a farewell: whoever floods gets nothing to wait for. */
    private static void reset(Channel channel) {
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // Later, because a channel that is still being registered cannot be closed cleanly.
        channel.eventLoop().execute(() -> {
            ChannelFuture unused = channel.close();
        });
    }
}
