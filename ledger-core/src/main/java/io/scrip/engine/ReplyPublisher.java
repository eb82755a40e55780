package io.scrip.engine;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Hands replies to their sinks and, once a batch, tells each sink that was used to flush. */
final class ReplyPublisher {
    private ReplySink[] touched = new ReplySink[16];
    private int count;

    void publish(ReplySink sink, long correlationId, DirectBuffer reply, int offset, int length) {
        sink.onReply(correlationId, reply, offset, length);
        for (int i = 0; i < count; i++) {
            if (touched[i] == sink) {
                return;
            }
        }
        if (count == touched.length) {
            touched = Arrays.copyOf(touched, count * 2);
        }
        touched[count++] = sink;
    }

    void endOfBatch() {
        for (int i = 0; i < count; i++) {
            touched[i].onBatchEnd();
            touched[i] = null;
        }
        count = 0;
    }
}
