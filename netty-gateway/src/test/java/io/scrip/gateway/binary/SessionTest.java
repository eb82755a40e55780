package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.scrip.engine.LiveKeys;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.ProblemCode;
import org.junit.jupiter.api.Test;

/** What a connection writes, without a network. */
class SessionTest {
    @Test
    void nothingIsWrittenBehindTheLastAnswer() {
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        LiveKeys keys = new LiveKeys();
        BinaryLoop loop = new BinaryLoop(services(keys), channel.eventLoop());
        SendsAtOnce carrier = new SendsAtOnce();
        carrier.session = new Session(
                loop, channel.pipeline().firstContext(), carrier, false, new Authenticator(keys), "Bearer x");
        carrier.session.problem(1, ProblemCode.OVERLOADED, false, "an answer on time");
        carrier.session.end(2, ProblemCode.BAD_FRAMING, "the last one");
        ByteBuf written = channel.readOutbound();
        assertNotNull(written);
        int firstBytes = written.getIntLE(0);
        assertEquals(1, written.getLongLE(Integer.BYTES));
        assertEquals(2, written.getLongLE(2 * Integer.BYTES + firstBytes));
        written.release();
        loop.onDrained();
        assertNull(channel.readOutbound());

        carrier.session.problem(3, ProblemCode.OUTCOME_UNKNOWN, false, "an answer that comes too late");
        loop.onDrained();
        assertNull(channel.readOutbound());
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    /** Without a clock of the test's own, but nothing here takes time: the moments are given. */
    @Test
    void pingIsASignOfLifeOfAWebSocket() {
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        LiveKeys keys = new LiveKeys();
        BinaryLoop loop = new BinaryLoop(services(keys), channel.eventLoop());
        WsFrames frames =
                new WsFrames(loop, new Authenticator(keys), "Bearer x", Viewer.ofWallet(2), (message, answers) -> {});
        channel.pipeline().addLast(frames);
        ((ByteBuf) channel.readOutbound()).release();
        long idleNs = BinaryConfig.DEFAULT.idle().toNanos();
        long before = laterThanNow();

        channel.writeInbound(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1, 2, 3})));
        PongWebSocketFrame pong = channel.readOutbound();
        assertArrayEquals(new byte[] {1, 2, 3}, ByteBufUtil.getBytes(pong.content()));
        pong.release();
        loop.checkDeadlines(before + idleNs);
        assertNull(channel.readOutbound(), "it was there when it pinged");

        loop.checkDeadlines(laterThanNow() + idleNs);
        ((ByteBuf) channel.readOutbound()).release();
        CloseWebSocketFrame close = channel.readOutbound();
        assertEquals(1008, close.statusCode(), "and not since");
        close.release();
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    /** A moment after everything that has happened. */
    private static long laterThanNow() {
        long now = System.nanoTime();
        long later = now;
        while (later == now) {
            later = System.nanoTime();
        }
        return later;
    }

    private static BinaryServices services(LiveKeys keys) {
        return new BinaryServices(
                BinaryConfig.DEFAULT,
                GatewayConfig.defaults().timeouts(),
                null,
                keys,
                null,
                null,
                new BinaryMetrics(new PrometheusRegistry()));
    }

    /** A carrier that sends the last answer at once, as both do. */
    private static final class SendsAtOnce implements Session.Carrier {
        private Session session;

        @Override
        public void resume() {
            throw new IllegalStateException("an ended session reads on");
        }

        @Override
        public long frameStartedNs() {
            return 0;
        }

        @Override
        public void end(ProblemCode code, String detail) {
            session.outbox().flush();
        }
    }
}
