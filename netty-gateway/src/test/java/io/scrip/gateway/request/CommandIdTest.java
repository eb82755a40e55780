package io.scrip.gateway.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandIdTest {
    @Test
    void takesAUuidAsItIs() {
        UUID uuid = UUID.fromString("0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506");
        CommandId id = CommandId.of(uuid.toString(), 5);
        assertEquals(uuid.getMostSignificantBits(), id.high());
        assertEquals(uuid.getLeastSignificantBits(), id.low());
        assertTrue(id.uuid7());
        assertEquals(id, CommandId.of("0192F3A4-5B6C-7D8E-9FA0-B1C2D3E4F506", 9));
        assertFalse(CommandId.of(UUID.randomUUID().toString(), 5).uuid7());
    }

    /** Pinned: a change would let every key that is in use be applied a second time. */
    @Test
    void hashesOtherKeysWithTheCaller() {
        CommandId id = CommandId.of("order-1", 5);
        assertEquals("4f104506-7148-886e-b919-c1981b483954", new UUID(id.high(), id.low()).toString());
        assertNotEquals(id, CommandId.of("order-1", 6));
        assertNotEquals(id, CommandId.of("order-2", 5));
        assertFalse(id.uuid7());
    }

    @Test
    void neverLooksLikeATimeThatNobodyMeant() {
        for (int i = 0; i < 10_000; i++) {
            CommandId id = CommandId.of("key-" + i, 5);
            assertEquals(8, new UUID(id.high(), id.low()).version());
            assertEquals(2, new UUID(id.high(), id.low()).variant());
        }
        CommandId random = CommandId.random();
        assertEquals(7, new UUID(random.high(), random.low()).version());
        assertEquals(2, new UUID(random.high(), random.low()).variant());
        assertTrue(random.uuid7());
        assertNotEquals(random, CommandId.random());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\u0000", "ä", "00000000-0000-0000-0000-000000000000", "a\tb"})
    void refusesWhatIsNoKey(String text) {
        assertThrows(RequestFault.class, () -> CommandId.of(text, 5));
    }

    @Test
    void agreesOnHeaderAndBody() {
        String uuid = "0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506";
        assertEquals(CommandId.of(uuid, 5), CommandId.resolve("\"" + uuid + "\"", uuid, 5));
        assertEquals(CommandId.of("k", 5), CommandId.resolve("k", null, 5));
        assertEquals(null, CommandId.resolve(null, null, 5));
        assertThrows(RequestFault.class, () -> CommandId.resolve("k", "l", 5));
        assertThrows(RequestFault.class, () -> CommandId.require(null, null, 5));
        assertThrows(RequestFault.class, () -> CommandId.resolve("\"\"", null, 5));
    }
}
