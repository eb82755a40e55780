package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.GatewayConfig.Timeouts;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.json.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * One client's connection: takes requests in, keeps their answers in order, and enforces deadlines. What becomes of a
 * request is the {@link Dispatcher}'s business.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements RequestDecoder.Gate, Origin {
    private static final Logger LOGGER = System.getLogger(HttpConnection.class.getName());
    private static final long LINGER_NS = 2_000_000_000L;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Loop loop;
    private final Dispatcher dispatcher;
    private final RequestDecoder decoder = new RequestDecoder(this);
    private final RequestHead head = new RequestHead();
    private final BodyCollector body = new BodyCollector();
    private final Authenticator authenticator;
    private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(GatewayConfig.MAX_PIPELINED);
    private final Timeouts timeouts;
    private final long idleNs;

    private ChannelHandlerContext context;
    /** The request whose body is being read, {@code null} between requests. */
    private Exchange current;

    private ConnectionState state = ConnectionState.IDLE;
    private long deadlineNs;
    private long unwritableSinceNs;
    private boolean dirty;
    /** Whether the decoder was told to wait, so that it has to be resumed. */
    private boolean paused;

    private boolean inputEnded;
    private boolean gone;

    HttpConnection(Loop loop) {
        this.loop = loop;
        this.dispatcher = loop.dispatcher();
        this.timeouts = loop.services().config().timeouts();
        this.idleNs = timeouts.idle().toNanos();
        this.authenticator = new Authenticator(loop.services().keys());
    }

    RequestDecoder decoder() {
        return decoder;
    }

    RequestHead head() {
        return head;
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    ChannelHandlerContext context() {
        return context;
    }

    /** Whether this is the only request in hand, so that the connection may become something else. */
    boolean isAlone(Exchange exchange) {
        return exchanges.size() == 1 && exchanges.peekFirst() == exchange;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    /** Gives the connection away after an upgrade. */
    void release(Exchange exchange) {
        exchanges.remove(exchange);
        loop.remove(this);
        context.pipeline().remove(this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.add(this);
        // A client that says nothing at all has the time of one head, from the accept on.
        enter(ConnectionState.READING_HEAD, timeouts.head().toNanos());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone = true;
        loop.remove(this);
        body.clear();
        for (Exchange exchange : exchanges) {
            ReferenceCountUtil.release(exchange.takeResponse());
        }
        exchanges.clear();
    }

    @Override
    public boolean mayBegin() {
        paused = !isOpen();
        return !paused;
    }

    @Override
    public void takePlain(ByteBuf in) {
        loop.plainIntake().take(this, dispatcher, in);
    }

    /** Takes a request in hand that is there as a whole. */
    void accept(Exchange exchange) {
        exchanges.add(exchange);
        state = ConnectionState.IDLE;
        deadlineNs = exchange.startedNs + idleNs;
    }

    /** Whether one more request may be taken in hand. */
    private boolean isOpen() {
        return state.reads()
                && context.channel().isActive()
                && exchanges.size() < GatewayConfig.MAX_PIPELINED
                && context.channel().isWritable();
    }

    @Override
    public void onHeadStarted() {
        if (state == ConnectionState.IDLE) {
            enter(ConnectionState.READING_HEAD, timeouts.head().toNanos());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!state.reads()) {
                return;
            }
            if (message instanceof FramingFault fault) {
                end(fault);
            } else if (message instanceof HttpRequest request) {
                begin(request);
            } else if (message instanceof HttpContent content) {
                receive(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        loop.onDrained();
        if (paused && state.reads() && ctx.channel().isActive()) {
            // What was just sent may have made room, and then nobody else would resume.
            if (isOpen()) {
                reopen();
            } else {
                ctx.channel().config().setAutoRead(false);
            }
        }
    }

    private void begin(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            end(FramingFault.of(request.decoderResult().cause()));
            return;
        }
        FramingFault fault = head.read(request);
        if (fault != null) {
            end(fault);
            return;
        }
        Exchange exchange = add();
        exchange.closes = !head.keepsAlive(request);
        exchange.headOnly = request.method().name().equals("HEAD");
        current = exchange;
        enter(ConnectionState.READING_BODY, timeouts.body().toNanos());
        body.begin(dispatcher.begin(exchange, request.method().name(), head), head.announcedBytes());
        boolean tooLarge = head.announcedBytes() > body.maxBytes();
        if (tooLarge || head.expect != null) {
            answerExpectation(exchange, tooLarge);
        }
    }

    private void answerExpectation(Exchange exchange, boolean tooLarge) {
        if (tooLarge) {
            endWith(exchange, ProblemKind.BODY_TOO_LARGE, dispatcher.bodyLimitDetail(body.maxBytes()));
        } else if (!head.expect.equalsIgnoreCase("100-continue")) {
            endWith(exchange, ProblemKind.EXPECTATION_FAILED, "Only Expect: 100-continue is known here.");
        } else if (exchanges.size() == 1 && head.hasBody()) {
            ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE), context.voidPromise());
        }
    }

    private void receive(HttpContent content) {
        if (current == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            endWith(current, ProblemKind.BAD_FRAMING, "The body is not framed as HTTP says.");
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last && !((LastHttpContent) content).trailingHeaders().isEmpty()) {
            endWith(current, ProblemKind.BAD_FRAMING, "Trailers are not taken.");
        } else if (!body.take(content.content(), last, context.alloc())) {
            endWith(current, ProblemKind.BODY_TOO_LARGE, dispatcher.bodyLimitDetail(body.maxBytes()));
        } else if (last) {
            dispatch();
        }
    }

    private void dispatch() {
        Exchange exchange = current;
        int length = body.lengthBytes();
        byte[] bytes = loop.bodyBuffer(length);
        body.copyTo(bytes);
        body.clear();
        current = null;
        boolean last = exchange.closes;
        enter(last ? ConnectionState.ENDING : ConnectionState.IDLE, last ? Long.MAX_VALUE / 2 : idleNs);
        dispatcher.handle(exchange, bytes, length);
    }

    private Exchange add() {
        Exchange exchange = new Exchange(this, loop, System.nanoTime());
        exchanges.add(exchange);
        return exchange;
    }

    private void end(FramingFault fault) {
        Exchange exchange = current != null ? current : add();
        endWith(exchange, fault.kind(), fault.detail());
    }

    /** Answers with a problem and lets that be the last answer of the connection. */
    private void endWith(Exchange exchange, ProblemKind kind, String detail) {
        body.clear();
        current = null;
        exchange.closes = true;
        enter(ConnectionState.ENDING, Long.MAX_VALUE / 2);
        loop.responses().problem(exchange, kind, detail, null);
    }

    /** One of the answers is there: sends those whose turn has come. */
    @Override
    public void onAnswered(Exchange answered) {
        if (gone) {
            return;
        }
        for (Exchange first = exchanges.peekFirst();
                first != null && first.isAnswered() && first != current;
                first = exchanges.peekFirst()) {
            exchanges.removeFirst();
            send(first);
        }
        if (exchanges.isEmpty() && state == ConnectionState.IDLE) {
            enter(ConnectionState.IDLE, timeouts.idle().toNanos());
        }
        if (exchanges.isEmpty() && inputEnded && state.reads()) {
            close();
        } else {
            reopen();
        }
    }

    private void send(Exchange exchange) {
        ByteBuf response = exchange.takeResponse();
        if (!dirty) {
            dirty = true;
            loop.markDirty(this);
        }
        if (exchange.closes) {
            enter(ConnectionState.ENDING, timeouts.write().toNanos());
            ChannelFuture unused = context.write(response).addListener(written -> linger());
        } else {
            ChannelFuture unused = context.write(response, context.voidPromise());
        }
    }

    @Override
    public void flush() {
        dirty = false;
        context.flush();
    }

    /** Goes on with requests that are there unparsed, if that had stopped and may go on. */
    private void reopen() {
        if (!paused || !isOpen()) {
            return;
        }
        paused = false;
        context.channel().config().setAutoRead(true);
        context.executor().execute(() -> {
            ChannelHandlerContext decoderContext = context.pipeline().context(decoder);
            if (decoderContext == null) {
                return;
            }
            try {
                decoder.resume(decoderContext);
                channelReadComplete(context);
            } catch (Exception e) {
                exceptionCaught(context, e);
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        unwritableSinceNs = ctx.channel().isWritable() ? 0 : System.nanoTime();
        reopen();
    }

    private void linger() {
        if (!context.channel().isActive()) {
            return;
        }
        enter(ConnectionState.LINGERING, LINGER_NS);
        context.channel().config().setAutoRead(true);
        if (inputEnded || !(context.channel() instanceof DuplexChannel duplex)) {
            close();
        } else {
            ChannelFuture unused = duplex.shutdownOutput();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            if (exchanges.isEmpty() || state == ConnectionState.LINGERING || current != null) {
                close();
            }
        }
    }

    /** Called every now and then by the loop. */
    void checkDeadline(long nowNs) {
        if (unwritableSinceNs != 0
                && nowNs - unwritableSinceNs > timeouts.write().toNanos()) {
            close();
        } else if (deadlineNs - nowNs < 0) {
            onDeadline();
        }
    }

    private void onDeadline() {
        switch (state) {
            case READING_HEAD -> endWith(add(), ProblemKind.REQUEST_TIMEOUT, "The head of the request took too long.");
            case READING_BODY -> endWith(current, ProblemKind.REQUEST_TIMEOUT, "The body took too long.");
            case IDLE -> {
                if (exchanges.isEmpty()) {
                    close();
                }
            }
            case ENDING, LINGERING -> close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable fault) {
        // The epoll transport wraps what a reset does to a connection whose reading was paused.
        if (!(fault instanceof IOException || fault instanceof UncheckedIOException)) {
            LOGGER.log(
                    Level.ERROR,
                    "a connection failed: {0}",
                    String.valueOf(fault).replaceAll("[\\r\\n]+", " "));
        }
        close();
    }

    private void close() {
        ChannelFuture unused = context.close();
    }

    private void enter(ConnectionState next, long limitNs) {
        state = next;
        deadlineNs = System.nanoTime() + limitNs;
    }
}
