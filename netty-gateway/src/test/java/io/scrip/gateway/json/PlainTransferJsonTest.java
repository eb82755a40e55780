package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.BalancesEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PlainTransferJsonTest {
    private static final long CRD = TokenCodes.parse("CRD");
    private static final int OFFSET = 11;

    private final SplittableRandom random = new SplittableRandom(20_261_121);

    @Test
    void writesTheSameBytesAsTheWriterOfAllTransfers() {
        for (int i = 0; i < 20_000; i++) {
            UnsafeBuffer from = balances();
            UnsafeBuffer to = balances();
            boolean showsFrom = random.nextBoolean();
            boolean showsTo = random.nextBoolean();
            long high = random.nextLong();
            long low = random.nextLong();
            long sequence = 1 + (random.nextLong(Long.MAX_VALUE - 1) >>> random.nextInt(63));
            long ns = 1 + random.nextLong(Long.MAX_VALUE - 1);
            int scale = random.nextInt(19);
            long amount = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
            String reference = i % 3 == 0 ? "" : "order " + "x".repeat(random.nextInt(122));
            byte[] text = reference.getBytes(StandardCharsets.US_ASCII);

            PlainTransferJson plain = new PlainTransferJson();
            byte[] bytes = new byte[OFFSET + PlainTransferJson.MAX_LENGTH_BYTES];
            plain.begin(bytes, OFFSET, high, low, i + 2, i + 3)
                    .moved(CRD, scale, amount)
                    .decidedAt(sequence, ns)
                    .reference(new UnsafeBuffer(text), 0, text.length);
            if (showsFrom) {
                plain.from(decoder(from));
            }
            if (showsTo) {
                plain.to(decoder(to));
            }
            int end = plain.end();

            TransferJson all = new TransferJson()
                    .clear()
                    .id(high, low)
                    .parties(i + 2, i + 3)
                    .token(CRD, scale)
                    .amount(amount, 0)
                    .decidedAt(sequence, ns)
                    .texts(reference, "")
                    .balances(
                            showsFrom ? BalanceNumbers.of(decoder(from)) : null,
                            showsTo ? BalanceNumbers.of(decoder(to)) : null);
            assertEquals(written(all), new String(bytes, OFFSET, end - OFFSET, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void leavesATextThatNeedsAnEscapeToTheOther() {
        assertTrue(isPlain("order 7"));
        assertFalse(isPlain("say \"hi\""));
        assertFalse(isPlain("back\\slash"));
        assertFalse(isPlain("tab\there"));
        assertFalse(isPlain("über"));
        assertTrue(isPlain("x".repeat(PlainTransferJson.MAX_REFERENCE_BYTES)));
        assertFalse(isPlain("x".repeat(PlainTransferJson.MAX_REFERENCE_BYTES + 1)));
    }

    @Test
    void leavesAnAccountWithAFloorToTheOther() {
        UnsafeBuffer buffer = balances();
        assertTrue(PlainTransferJson.isPlain(decoder(buffer)));
        new BalancesEncoder().wrap(buffer, 0).floor(BalancesJson.UNLIMITED_FLOOR);
        assertFalse(PlainTransferJson.isPlain(decoder(buffer)));
        new BalancesEncoder().wrap(buffer, 0).floor(-1);
        assertFalse(PlainTransferJson.isPlain(decoder(buffer)));
    }

    private static boolean isPlain(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return PlainTransferJson.isPlain(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private UnsafeBuffer balances() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[BalancesEncoder.ENCODED_LENGTH]);
        new BalancesEncoder()
                .wrap(buffer, 0)
                .debitsPosted(units())
                .creditsPosted(units())
                .debitsPending(units())
                .creditsPending(units())
                .floor(0)
                .staked(units())
                .withheld(units());
        return buffer;
    }

    private long units() {
        return random.nextInt(4) == 0 ? 0 : random.nextLong(1L << 60) >>> random.nextInt(60);
    }

    private static BalancesDecoder decoder(UnsafeBuffer buffer) {
        return new BalancesDecoder().wrap(buffer, 0);
    }

    private static String written(TransferJson transfer) {
        ByteBuf out = Unpooled.buffer();
        transfer.write(new JsonOut().to(out));
        return out.toString(StandardCharsets.UTF_8);
    }
}
