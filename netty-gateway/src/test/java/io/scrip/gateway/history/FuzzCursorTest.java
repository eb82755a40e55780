package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a client calls a cursor, it stands for positions of its wallet or is refused. */
class FuzzCursorTest {
    private static final AccountHeads HEADS = new AccountHeads(
            2, new long[] {0x445243, 0x445243, 0x445355}, new int[] {0, 256, 0}, new long[] {9_000_000_000L, 70, 0});

    @FuzzTest(maxDuration = "60s")
    void anyTextIsACursorOfTheWalletOrRefused(byte[] bytes) {
        try {
            long[] positions = Cursor.read(new String(bytes, StandardCharsets.ISO_8859_1), HEADS);
            assertArrayEquals(positions, Cursor.read(Cursor.write(HEADS, positions), HEADS));
        } catch (BadCursor refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
