package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scrip.gateway.json.PlainTransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The answer that most requests get, 201 to a plain transfer, put together in one array and copied once: the body from
 * the middle on, then the head in front of it, because the length of the body stands in the head.
 *
 * <pre>
 *   [ … | head, written when the body's length is known | body … ]
 *                                                       ^ BODY_AT
 * </pre>
 *
 * <p>The same bytes as {@link Responses} sends, which a test compares. One instance belongs to one event loop.
 */
final class PlainAnswer {
    private static final int CREATED = 201;
    private static final int BODY_AT = 1_024;

    private final ByteBufAllocator allocator;
    private final PlainTransferJson json = new PlainTransferJson();
    private final byte[] bytes = new byte[BODY_AT + PlainTransferJson.MAX_LENGTH_BYTES];
    private final byte[] beforeLength;
    private final byte[] beforeRequestId;
    private final byte[] afterDate;
    private final byte[] afterDateWithAdvice;
    private final byte[] requestIdPrefix;

    PlainAnswer(ByteBufAllocator allocator, String requestIdPrefix) {
        this.allocator = allocator;
        this.requestIdPrefix = ascii(requestIdPrefix);
        beforeLength = ascii("HTTP/1.1 201 Created\r\nContent-Type: " + Responses.JSON + "\r\nContent-Length: ");
        beforeRequestId = ascii("\r\nX-Request-Id: ");
        String last = Responses.SECURITY_HEADERS + Responses.NOTHING_EMBEDDED;
        afterDate = ascii(last + "\r\n");
        afterDateWithAdvice = ascii(last + CommandAnswers.ADVICE_HEADER + ": " + CommandAnswers.ADVICE + "\r\n\r\n");
    }

    /**
     * Answers, if this is a success without anything unusual about it.
     *
     * @param transfer the command, at its block
     * @return false when it has to be answered in the usual way; nothing has been sent then
     */
    boolean send(Exchange exchange, TransferDecoder transfer, CommandReplyDecoder reply, int scale) {
        if (!isPlain(exchange, transfer, reply) || scale < 0) {
            return false;
        }
        if (transfer.conditions().count() != 0) {
            return false;
        }
        DirectBuffer command = transfer.buffer();
        int referenceLength = transfer.referenceLength();
        int referenceAt = transfer.limit() + TransferDecoder.referenceHeaderLength();
        transfer.skipReference();
        if (transfer.metadataLength() != 0 || !PlainTransferJson.isPlain(command, referenceAt, referenceLength)) {
            return false;
        }
        Viewer viewer = exchange.viewer;
        boolean readsFrom = viewer.mayRead(transfer.from());
        boolean readsTo = viewer.mayRead(transfer.to());
        BalancesDecoder from = reply.fromBalances();
        if (readsFrom && !PlainTransferJson.isPlain(from)) {
            return false;
        }
        BalancesDecoder to = reply.toBalances();
        if (readsTo && !PlainTransferJson.isPlain(to)) {
            return false;
        }
        json.begin(bytes, BODY_AT, transfer.id().high(), transfer.id().low(), transfer.from(), transfer.to())
                .moved(transfer.token(), scale, reply.amount())
                .decidedAt(reply.sequence(), reply.timestamp())
                .reference(command, referenceAt, referenceLength);
        if (readsFrom) {
            json.from(from);
        }
        if (readsTo) {
            json.to(to);
        }
        send(exchange, json.end());
        return true;
    }

    private static boolean isPlain(Exchange exchange, TransferDecoder transfer, CommandReplyDecoder reply) {
        return reply.outcome() == Outcome.APPLIED
                && !reply.flags().replayed()
                && !reply.flags().dryRun()
                && reply.fee() == 0
                && transfer.kind() == TransferKind.PLAIN
                && transfer.timeoutNs() == 0
                && transfer.fromAccount() == 0
                && transfer.toAccount() == 0
                && !exchange.isText
                && !exchange.closes
                && !exchange.headOnly;
    }

    private void send(Exchange exchange, int end) {
        int at = BODY_AT;
        at = before(at, exchange.adviseId ? afterDateWithAdvice : afterDate);
        at = before(at, exchange.loop.responses().dateLine());
        bytes[--at] = '\n';
        bytes[--at] = '\r';
        String requestId = exchange.requestIdIfAny();
        if (requestId == null) {
            at = base36(at, exchange.loop.nextRequestNumber());
            at = before(at, requestIdPrefix);
        } else {
            at = before(at, ascii(requestId));
        }
        at = before(at, beforeRequestId);
        for (int rest = end - BODY_AT; rest != 0; rest /= 10) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        at = before(at, beforeLength);
        ByteBuf out = allocator.directBuffer(end - at, end - at);
        out.writeBytes(bytes, at, end - at);
        exchange.answer(CREATED, out);
    }

    private int before(int at, byte[] text) {
        System.arraycopy(text, 0, bytes, at - text.length, text.length);
        return at - text.length;
    }

    private int base36(int at, long number) {
        int from = at;
        long rest = number;
        do {
            bytes[--from] = (byte) Character.forDigit((int) (rest % 36), 36);
            rest /= 36;
        } while (rest != 0);
        return from;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
