package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class HttpAnswerReaderTest {
    private static final String ANSWER =
            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\ncontent-length: 7\r\nX-Content-Length: 9\r\n\r\n"
                    + "{\"a\":1}";

    private final HttpAnswerReader reader = new HttpAnswerReader();

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void answersAreCutApart() {
        ByteBuf in = bytes(ANSWER + ANSWER.replace("201", "402"));
        assertTrue(reader.read(in));
        assertEquals(201, reader.status());
        assertEquals("{\"a\":1}", in.toString(reader.bodyOffset(), reader.bodyLength(), StandardCharsets.US_ASCII));
        assertTrue(reader.read(in));
        assertEquals(402, reader.status());
        assertFalse(in.isReadable());
        assertFalse(reader.read(in));
    }

    @Test
    void answerInPartsIsReadWhenItIsWhole() {
        for (int cut = 0; cut < ANSWER.length(); cut++) {
            ByteBuf in = bytes(ANSWER.substring(0, cut));
            assertFalse(reader.read(in), "cut at " + cut);
            assertEquals(0, in.readerIndex());
        }
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        assertThrows(IllegalStateException.class, () -> reader.read(bytes("SSH-2.0-OpenSSH_9.2p1 Debian")));
        assertThrows(IllegalStateException.class, () -> reader.read(bytes("HTTP/1.1 200 OK\r\n\r\n")));
    }
}
