package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.util.List;

/** Whatever bytes come over a stream, each is answered or the stream is closed; nothing escapes. */
class FuzzFramesTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreFramesOrCloseTheStream(byte[] bytes) {
        StreamRig rig = new StreamRig();
        try {
            StreamClient client = rig.connected(2, Subscription.ONLY_NEW);
            client.take();
            client.channel.pipeline().addFirst(new WebSocket13FrameDecoder(WalletStreams.decoderConfig()));
            int step = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x3F);
            for (int at = 1; at < bytes.length && client.channel.isOpen(); at += step) {
                client.channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(step, bytes.length - at)));
                rig.settle();
            }
            List<StreamClient.Message> answers = client.take();
            for (StreamClient.Message answer : answers) {
                assertTrue(answer.type().startsWith("{\"type\":\"")
                        || answer.type().equals("wallet_state"));
            }
        } finally {
            rig.close();
        }
    }
}
