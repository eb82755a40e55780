package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.request.RequestFault;
import io.scrip.gateway.request.SocketRequest;

/**
 * The requests of one connection to {@code /ws/commands} that come as text: each becomes an {@link Exchange} like one of
 * HTTP, with the handshake's key. Belongs to its loop.
 */
final class TextIntake implements TextRequests, Origin {
    /** What the answer to a query may weigh, as far as the bytes in flight are concerned. */
    private static final int QUERY_CHARGE_BYTES = 32 << 10;

    private final Loop loop;
    private final Dispatcher dispatcher;
    private final Authenticator authenticator;
    private final String authorization;
    private Answers answers;
    private boolean dirty;

    TextIntake(Loop loop, Dispatcher dispatcher, Authenticator authenticator, String authorization) {
        this.loop = loop;
        this.dispatcher = dispatcher;
        this.authenticator = authenticator;
        this.authorization = authorization;
    }

    @Override
    public void take(ByteBuf message, Answers to) {
        answers = to;
        int lengthBytes = message.readableBytes();
        byte[] bytes = loop.bodyBuffer(lengthBytes);
        message.getBytes(message.readerIndex(), bytes, 0, lengthBytes);
        SocketRequest request = loop.socketRequest();
        RequestFault fault = request.read(bytes, lengthBytes);
        Exchange exchange = new Exchange(this, loop, System.nanoTime());
        exchange.isText = true;
        exchange.requestNumber = request.number();
        exchange.chargeBytes = request.hasBody() ? lengthBytes : QUERY_CHARGE_BYTES;
        to.onTaken(exchange.chargeBytes);
        dispatcher.handleText(exchange, authorization, request, fault, bytes);
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public boolean isGone() {
        return answers.isGone();
    }

    @Override
    public void onAnswered(Exchange exchange) {
        ByteBuf text = exchange.takeResponse();
        if (text == null) {
            return;
        }
        answers.answer(text, exchange.chargeBytes);
        if (!dirty) {
            dirty = true;
            loop.markDirty(this);
        }
    }

    @Override
    public void flush() {
        dirty = false;
        answers.flushAnswers();
    }
}
