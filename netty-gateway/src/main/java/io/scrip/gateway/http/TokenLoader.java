package io.scrip.gateway.http;

import io.scrip.engine.CommandPort;
import io.scrip.engine.ReplySink;
import io.scrip.gateway.json.TokenScales;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks the ledger for its tokens before the first request, so that no request has to wait for them. */
public final class TokenLoader {
    private static final long PATIENCE_S = 10;

    private TokenLoader() {}

    /** Fills the table. When the ledger does not answer, the first request that names a token will ask again. */
    public static void load(CommandPort port, TokenScales scales) {
        CountDownLatch answered = new CountDownLatch(1);
        ReplySink sink = new ReplySink() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                if (new MessageHeaderDecoder().wrap(reply, offset).templateId() == WalletReplyDecoder.TEMPLATE_ID) {
                    scales.learn(reply, offset);
                }
                answered.countDown();
            }

            @Override
            public void onBatchEnd() {
                answered.countDown();
            }
        };
        MutableDirectBuffer query = new UnsafeBuffer(new byte[128]);
        int length = TokenRefresh.encodeQuery(query);
        if (port.offer(query, 0, length, sink, 0)) {
            try {
                boolean unused = answered.await(PATIENCE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
