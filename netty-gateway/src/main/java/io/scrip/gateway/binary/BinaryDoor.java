package io.scrip.gateway.binary;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.scrip.engine.CommandPort;
import io.scrip.engine.KeyDirectory;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.auth.TokenBuckets;
import io.scrip.gateway.history.History;
import io.scrip.gateway.http.TextRequests;
import io.scrip.gateway.json.Viewer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Serves binary connections on the gateway's event loops: those that come by TCP, and those that HTTP has upgraded at
 * {@code /ws/commands}. The history must stay open for as long as there are connections.
 */
public final class BinaryDoor {
    private static final int LOW_WATER_BYTES = 1 << 20;
    private static final int HIGH_WATER_BYTES = 2 << 20;

    private final BinaryServices services;
    private final IdentityHashMap<EventLoop, BinaryLoop> loops = new IdentityHashMap<>();

    /** Registers its metrics; {@link #start} comes next. */
    public BinaryDoor(
            BinaryConfig config,
            GatewayConfig.Timeouts timeouts,
            CommandPort port,
            KeyDirectory keys,
            TokenBuckets buckets,
            History history,
            PrometheusRegistry registry) {
        services = new BinaryServices(config, timeouts, port, keys, buckets, history, new BinaryMetrics(registry));
    }

    /** Where TCP is to be listened on, and the limits. */
    public BinaryConfig config() {
        return services.config();
    }

    /** Prepares for connections on these event loops. */
    public void start(List<EventLoop> eventLoops) {
        for (EventLoop eventLoop : eventLoops) {
            BinaryLoop loop = new BinaryLoop(services, eventLoop);
            loops.put(eventLoop, loop);
            loop.start();
        }
    }

    /**
     * Gives TCP connections their handlers.
     *
     * @param admission whether a connection may stay; it has been dealt with otherwise
     */
    public ChannelInitializer<Channel> connections(Predicate<Channel> admission) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                if (admission.test(channel)) {
                    widen(channel);
                    channel.pipeline().addLast(new TcpFrames(loops.get(channel.eventLoop())));
                }
            }
        };
    }

    /** How the WebSocket's frame decoder has to be set up. */
    public static WebSocketDecoderConfig decoderConfig() {
        return WsFrames.decoderConfig();
    }

    /**
     * Takes over a channel that has just been upgraded, on its event loop: the pipeline holds the WebSocket frame codec
     * and nothing of HTTP.
     *
     * @param authorization the header that the authenticator has found the viewer by
     * @param texts         what text messages are given to
     */
    public void accept(
            Channel channel, Authenticator authenticator, String authorization, Viewer viewer, TextRequests texts) {
        widen(channel);
        WsFrames frames = new WsFrames(loops.get(channel.eventLoop()), authenticator, authorization, viewer, texts);
        channel.pipeline().addLast("binary", frames);
    }

    /** The answer to one batch is more than HTTP's answers may pile up to. */
    private static void widen(Channel channel) {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES));
    }
}
