package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemJson;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.request.SocketRequest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Puts answers together: status line, headers and body in one buffer of the right size. One instance belongs to one
 * event loop; the body is written into a scratch buffer first, because its length stands before it.
 */
final class Responses {
    static final String JSON = "application/json";

    static final String SECURITY_HEADERS = String.join(
            "\r\n", "X-Content-Type-Options: nosniff", "Cache-Control: no-store", "Referrer-Policy: no-referrer", "");
    static final String NOTHING_EMBEDDED = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
    private static final int HEAD_BYTES = 512;
    private static final int STREAM_STATUS = 200;
    private static final int KEPT_SCRATCH_BYTES = 1 << 20;
    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        for (int code = 100; code < STATUS_LINES.length; code++) {
            String line =
                    "HTTP/1.1 " + code + " " + HttpResponseStatus.valueOf(code).reasonPhrase() + "\r\n";
            STATUS_LINES[code] = line.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final ByteBufAllocator allocator;
    private final JsonOut json = new JsonOut();
    private final JsonOut message = new JsonOut();
    private final StringBuilder extra = new StringBuilder();
    private ByteBuf scratch = Unpooled.buffer(4_096);
    private long dateSecond;
    private byte[] date = new byte[0];

    Responses(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Begins a JSON body. */
    JsonOut begin() {
        if (scratch.capacity() > KEPT_SCRATCH_BYTES) {
            scratch = Unpooled.buffer(4_096);
        }
        scratch.clear();
        extra.setLength(0);
        return json.to(scratch);
    }

    /** Adds a header to the answer that has been begun. */
    Responses header(String name, CharSequence value) {
        extra.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    /** Sends what was written since {@link #begin}. */
    void send(Exchange exchange, int status) {
        String type = status >= 400 ? ProblemJson.MEDIA_TYPE : JSON;
        send(exchange, status, type, NOTHING_EMBEDDED, scratch);
    }

    /** Sends a finished JSON body and releases it. */
    void send(Exchange exchange, int status, ByteBuf body) {
        try {
            send(exchange, status, status >= 400 ? ProblemJson.MEDIA_TYPE : JSON, NOTHING_EMBEDDED, body);
        } finally {
            body.release();
        }
    }

    /** Sends a body of any type with its own content security policy; the body stays the caller's. */
    void sendPage(Exchange exchange, int status, String type, String policy, ByteBuf body) {
        extra.setLength(0);
        send(exchange, status, type, "Content-Security-Policy: " + policy + "\r\n", body.duplicate());
    }

    /** Answers with a problem of the gateway. */
    void problem(Exchange exchange, ProblemKind kind, String detail, String field) {
        beginProblem(exchange, kind, detail);
        if (field != null) {
            json.name("field").string(field);
        }
        json.endObject();
        send(exchange, kind.status());
    }

    /** Opens a problem whose caller adds members or headers, ends the object and sends it. */
    JsonOut beginProblem(Exchange exchange, ProblemKind kind, String detail) {
        begin();
        ProblemJson.begin(json, kind.status(), kind.code(), kind.title(), detail, exchange.requestId());
        return json;
    }

    /** Answers with a refusal of the core that has no record, or is not about one. */
    void refusal(Exchange exchange, OutcomeStatus row, OutcomeProblem.Numbers numbers) {
        begin();
        OutcomeProblem.write(json, row, numbers, exchange.requestId());
        send(exchange, row.status());
    }

    /** The head of an answer that comes in chunks and ends with its connection, with the headers added before. */
    ByteBuf streamHead(Exchange exchange, String type) {
        exchange.closes = true;
        ByteBuf out = allocator.buffer(HEAD_BYTES + extra.length());
        writeHead(out, exchange, STREAM_STATUS, type, "Transfer-Encoding: chunked", NOTHING_EMBEDDED);
        return out;
    }

    private void send(Exchange exchange, int status, String type, String policy, ByteBuf body) {
        if (exchange.isText) {
            sendText(exchange, status, body);
            return;
        }
        int length = body.readableBytes();
        ByteBuf out = allocator.buffer(HEAD_BYTES + extra.length() + length);
        writeHead(out, exchange, status, type, "Content-Length: " + length, policy);
        if (!exchange.headOnly) {
            out.writeBytes(body, body.readerIndex(), length);
        }
        exchange.answer(status, out);
    }

    /** The answer as a message: what HTTP says in status line and headers stands beside the body. */
    private void sendText(Exchange exchange, int status, ByteBuf body) {
        int length = body.readableBytes();
        ByteBuf out = allocator.buffer(HEAD_BYTES + extra.length() + length);
        message.to(out).beginObject().name("request");
        if (exchange.requestNumber == SocketRequest.NO_NUMBER) {
            message.nullValue();
        } else {
            message.number(exchange.requestNumber);
        }
        message.name("status").number(status).name("request_id").string(exchange.requestId());
        if (extra.length() > 0) {
            message.name("headers").beginObject();
            for (String line : extra.toString().split("\r\n")) {
                int colon = line.indexOf(": ");
                message.clientName(line.substring(0, colon)).string(line.substring(colon + 2));
            }
            message.endObject();
            extra.setLength(0);
        }
        message.name("body");
        out.writeBytes(body, body.readerIndex(), length).writeByte('}');
        exchange.answer(status, out);
    }

    private void writeHead(ByteBuf out, Exchange exchange, int status, String type, String framing, String policy) {
        out.writeBytes(STATUS_LINES[status]);
        ByteBufUtil.writeAscii(out, "Content-Type: ");
        ByteBufUtil.writeAscii(out, type);
        ByteBufUtil.writeAscii(out, "\r\n");
        ByteBufUtil.writeAscii(out, framing);
        ByteBufUtil.writeAscii(out, "\r\nX-Request-Id: ");
        ByteBufUtil.writeAscii(out, exchange.requestId());
        ByteBufUtil.writeAscii(out, "\r\n");
        out.writeBytes(dateLine());
        ByteBufUtil.writeAscii(out, SECURITY_HEADERS);
        ByteBufUtil.writeAscii(out, policy);
        if (extra.length() > 0) {
            ByteBufUtil.writeAscii(out, extra);
        }
        if (exchange.closes) {
            ByteBufUtil.writeAscii(out, "Connection: close\r\n");
        }
        ByteBufUtil.writeAscii(out, "\r\n");
        extra.setLength(0);
    }

    /** The header Date with its line end. */
    byte[] dateLine() {
        long second = System.currentTimeMillis() / 1_000;
        if (second != dateSecond) {
            dateSecond = second;
            String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
            date = ("Date: " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return date;
    }
}
