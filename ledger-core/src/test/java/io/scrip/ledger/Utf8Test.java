package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static boolean isValid(byte[] bytes) {
        return Utf8.isValid(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The JDK's own decoder, which replaces nothing and refuses instead. */
    private static boolean decodes(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    @Test
    void everyCodePointIsValidAndNoSurrogateIs() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            byte[] bytes = new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8);
            assertTrue(isValid(bytes), () -> HexFormat.of().formatHex(bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0",
                "c080",
                "c1bf",
                "c2",
                "c220",
                "e08080",
                "e09fbf",
                "e282",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f4908080",
                "f5808080",
                "f8888080",
                "ff",
                "fe",
                "6162636465666768ff",
                "616263c3"
            })
    void overlongCutSurrogateAndTooLargeFormsAreNot(String hex) {
        assertFalse(isValid(HexFormat.of().parseHex(hex)));
    }

    @Test
    void anyBytesAreJudgedAsTheJdkJudgesThem() {
        long x = 88_172_645_463_325_252L;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[(int) (x >>> 60)];
            for (int at = 0; at < bytes.length; at++) {
                x ^= x << 13;
                x ^= x >>> 7;
                x ^= x << 17;
                // Mostly from where the rules are.
                bytes[at] = (byte) ((x & 3) == 0 ? x >>> 8 & 0x7F : 0x80 | x >>> 8);
            }
            x = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            assertEquals(decodes(bytes), isValid(bytes), () -> HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void aCommandWithATextThatIsNoUtf8IsMalformed() {
        TestLedger ledger = TestLedger.withWallets(10, 0);
        long crd = Commands.token("CRD");
        Transfer transfer = new Transfer(7001, 2, 2, 3, crd, 1, 0, false, false, List.of(), "grüße", "{\"a\":\"ü\"}");
        DirectBuffer sound = transfer.encode();
        for (String text : new String[] {"grüße", "{\"a\":\"ü\"}"}) {
            byte[] bytes = sound.byteArray().clone();
            UnsafeBuffer broken = new UnsafeBuffer(bytes);
            int at = indexOf(bytes, "ü".getBytes(StandardCharsets.UTF_8), text.startsWith("{"));
            broken.putByte(at, (byte) 0xFF);
            assertEquals(Outcome.MALFORMED, ledger.answer(broken).outcome(), text);
        }
        ledger.expect(Outcome.APPLIED, sound);
        byte[] owner = Commands.openWallet(7002, Role.OPERATOR, "agent:x", 1, 2)
                .byteArray()
                .clone();
        owner[owner.length - 1] = (byte) 0xC3;
        assertEquals(Outcome.MALFORMED, ledger.answer(new UnsafeBuffer(owner)).outcome());
        TransferDecoder decoder = new TransferDecoder().wrapAndApplyHeader(sound, 0, new MessageHeaderDecoder());
        assertEquals(0, decoder.conditions().count());
        assertEquals("grüße", decoder.reference());
    }

    private static int indexOf(byte[] bytes, byte[] wanted, boolean last) {
        int found = -1;
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            boolean here = bytes[i] == wanted[0] && bytes[i + 1] == wanted[1];
            if (here && (last || found < 0)) {
                found = i;
            }
        }
        return found;
    }
}
