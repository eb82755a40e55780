package io.scrip.gateway.ws;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.scrip.gateway.json.Viewer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A WebSocket server on a free loopback port that believes everybody: {@code /<wallet number>?from=&conflate=}. */
final class LoopbackServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server;

    LoopbackServer(WalletStreams streams, int sendBufferBytes) {
        server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.SO_SNDBUF, sendBufferBytes)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1_024), new Upgrade(streams));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final WalletStreams streams;

        Upgrade(WalletStreams streams) {
            this.streams = streams;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            long wallet = Long.parseLong(uri.path().substring(1));
            List<String> from = uri.parameters().getOrDefault("from", List.of("-1"));
            boolean conflate = uri.parameters().containsKey("conflate");
            WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                            "ws://any", null, WalletStreams.decoderConfig())
                    .newHandshaker(request);
            handshaker.handshake(context.channel(), request).addListener(done -> {
                context.pipeline().remove(this);
                streams.subscribe(
                        context.channel(), wallet, Long.parseLong(from.get(0)), conflate, Viewer.ofWallet(wallet));
            });
        }
    }
}
