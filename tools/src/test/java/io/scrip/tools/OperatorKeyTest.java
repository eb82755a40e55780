package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.auth.RateLimit;
import io.scrip.journal.DurabilityMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorKeyTest {

    @Test
    void aMadeKeyIsOneThatWouldBeAcceptedAndNeverTheSameTwice() {
        String key = OperatorKey.make();
        OperatorKey.check(key);
        assertTrue(key.matches("sk_operator_[A-Za-z0-9_-]{43}"), key);
        assertNotEquals(key, OperatorKey.make());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "too-short",
                "sk_w_looks_like_the_key_of_a_wallet_0123456789",
                "has a space in it 0123456789 0123456789",
                "has\na line break 0123456789_0123456789_0123",
                "ünïcödé_0123456789_0123456789_0123456789"
            })
    void aKeyThatCouldNotBeUsedIsRefusedWithoutRepeatingIt(String key) {
        Refusal refusal = assertThrows(Refusal.class, () -> OperatorKey.check(key));
        assertEquals(ExitCode.USAGE, refusal.exitCode());
        assertTrue(key.isEmpty() || !refusal.getMessage().contains(key), refusal.getMessage());
    }

    @Test
    void theConfigurationNeverShowsIt() {
        String key = OperatorKey.make();
        ServerConfig config = new ServerConfig(
                Path.of("/data"),
                "127.0.0.1",
                0,
                DurabilityMode.SYNC,
                RateLimit.NONE,
                ThreadLayout.forCores(2),
                key,
                SnapshotOptions.of(SnapshotOptions.Mode.ON, 1, 2, false, null));
        assertFalse(config.toString().contains(key), config.toString());
    }
}
