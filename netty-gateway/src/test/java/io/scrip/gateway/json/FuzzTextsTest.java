package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.RequestFault;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Whatever a text says, it is read as what it says, or refused: amounts, times, wallets, tokens and ids. */
class FuzzTextsTest {

    @FuzzTest(maxDuration = "60s")
    void anyTextIsReadAsWhatItSaysOrRefused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        amount(text, (bytes[0] & 0xFF) % (Amounts.MAX_SCALE + 1));
        long ns = Timestamps.parse(text);
        if (ns != Timestamps.INVALID) {
            Instant instant = Instant.parse(text);
            assertEquals(instant.getEpochSecond() * 1_000_000_000L + instant.getNano(), ns);
            assertEquals(ns, Timestamps.parse(Timestamps.toText(ns)));
        }
        if (WalletIds.isWellFormed(text)) {
            assertEquals(text, WalletIds.toText(WalletIds.decode(text)));
        }
        long wallet = WalletIds.parse(text);
        assertTrue(wallet == WalletIds.NONE || WalletIds.toText(wallet).equals(text));
        long token = TokenCodes.parse(text);
        assertTrue(token == TokenCodes.NONE || TokenCodes.toText(token).equals(text));
        try {
            assertEquals(CommandId.of(text, 2), CommandId.of(text, 2));
        } catch (RequestFault fault) {
            assertEquals(CommandId.FIELD, fault.field());
        }
    }

    private static void amount(String text, int scale) {
        long units = Amounts.parse(text, scale);
        if (units >= 0) {
            assertEquals(new BigDecimal(text).movePointRight(scale).longValueExact(), units);
            assertEquals(units, Amounts.parse(Amounts.toText(units, scale), scale));
        } else if (units == Amounts.TOO_LARGE) {
            assertTrue(new BigDecimal(text).movePointRight(scale).compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0);
        }
    }
}
