package io.scrip.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.http.Receipts;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.json.Viewer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Receipts that say what a test wants; the real ones are tested where they are made. */
public final class ScriptedReceipts implements Receipts {
    private static final String HASH = "00".repeat(32);

    public final AtomicInteger asked = new AtomicInteger();
    /** How often a receipt is not signed yet before it is. */
    public volatile int unsigned;

    public volatile StoredOutcomes.Trouble trouble;
    public volatile long lastEventSequence;
    public volatile Viewer lastViewer;

    @Override
    public byte[] publicKey() {
        return new byte[32];
    }

    @Override
    public void receipt(long eventSequence, Viewer viewer, Answer answer) {
        lastEventSequence = eventSequence;
        lastViewer = viewer;
        if (trouble != null) {
            answer.onTrouble(trouble);
        } else if (asked.incrementAndGet() <= unsigned) {
            answer.onUnsigned();
        } else {
            answer.onReceipt(text("{\"format\":\"scrip-receipt-1\",\"public_key\":\"" + HASH + "\",\"records\":[]}"));
        }
    }

    @Override
    public void statements(long from, int limit, StoredOutcomes.Answer answer) {
        String statement =
                "{\"number\":\"" + from + "\",\"first_event\":\"1\",\"last_event\":\"" + limit + "\",\"root\":\"" + HASH
                        + "\",\"previous_hash\":\"" + HASH + "\",\"signature\":\"" + HASH + HASH + "\"}";
        answer.onAnswer(200, text("{\"public_key\":\"" + HASH + "\",\"data\":[" + statement + "],\"next_from\":null}"));
    }

    private static ByteBuf text(String json) {
        return Unpooled.copiedBuffer(json, StandardCharsets.UTF_8);
    }
}
