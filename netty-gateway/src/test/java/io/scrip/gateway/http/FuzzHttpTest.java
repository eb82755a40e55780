package io.scrip.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever bytes come over a connection and however they are cut, they are the same requests or the same refusal. */
class FuzzHttpTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreTheSameRequestsHoweverTheyAreCut(byte[] bytes) {
        if (bytes.length < 1) {
            return;
        }
        int step = 1 + (bytes[0] & 0x1F);
        assertEquals(requests(bytes, bytes.length), requests(bytes, step), "cut every " + step + " bytes");
    }

    private static String requests(byte[] bytes, int step) {
        EmbeddedChannel channel = new EmbeddedChannel(new RequestDecoder(new RequestDecoder.Gate() {
            @Override
            public boolean mayBegin() {
                return true;
            }

            @Override
            public void takePlain(ByteBuf in) {
                // The long way only; PlainRequestTest compares the short one with it.
            }

            @Override
            public void onHeadStarted() {
                // Of no interest here.
            }
        }));
        StringBuilder words = new StringBuilder();
        RequestHead head = new RequestHead();
        boolean refused = false;
        for (int at = 1; at < bytes.length && !refused; at += step) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                refused = refused || describe(message, head, words);
                ReferenceCountUtil.release(message);
            }
        }
        channel.finishAndReleaseAll();
        return words.toString();
    }

    /** True when the connection ends with this message. */
    private static boolean describe(Object message, RequestHead head, StringBuilder words) {
        if (message instanceof FramingFault) {
            words.append("\nrefused");
            return true;
        }
        if (message instanceof HttpRequest request) {
            words.append('\n');
            if (request.decoderResult().isFailure()) {
                words.append("refused");
                return true;
            }
            words.append(request.method()).append(' ').append(request.uri()).append(' ');
            for (Map.Entry<String, String> header : request.headers()) {
                words.append(header.getKey())
                        .append(": ")
                        .append(header.getValue())
                        .append("; ");
            }
            if (head.read(request) != null) {
                words.append("refused");
                return true;
            }
            words.append(head.keepsAlive(request)).append(head.wantsWebSocket()).append(head.hasBody());
            words.append(head.announcedBytes()).append('\n');
        }
        if (message instanceof HttpContent content) {
            if (content.decoderResult().isFailure()) {
                words.append("refused");
                return true;
            }
            words.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        if (message instanceof LastHttpContent) {
            words.append("\nend");
        }
        return false;
    }
}
