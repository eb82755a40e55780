package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("EnumOrdinal")
final class MixTest {
    @Test
    void operationsComeAsOftenAsTheirWeights() {
        Mix mix = Mix.parse("transfer=80, hold=15,balance=5");
        SplitMix random = new SplitMix(3);
        int[] picked = new int[Operation.values().length];
        for (int i = 0; i < 100_000; i++) {
            picked[mix.pick(random).ordinal()]++;
        }
        assertEquals(80_000, picked[Operation.TRANSFER.ordinal()], 700);
        assertEquals(15_000, picked[Operation.HOLD.ordinal()], 600);
        assertEquals(5_000, picked[Operation.BALANCE.ordinal()], 400);
        assertEquals("transfer=80,hold=15,balance=5", mix.toString());
        assertTrue(mix.has(Operation.HOLD));
        assertFalse(mix.has(Operation.VOID));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transfers=1         | knows transfer, hold
            ''                  | knows transfer, hold
            transfer=0          | must be 1 to 1000000, not 0
            transfer=-1         | must be 1 to 1000000, not -1
            transfer=lots       | is no whole number: "lots"
            transfer=1,transfer | names transfer twice
            """)
    void mixesThatAreNoneAreRefusedWithWhatIsWrong(String text, String why) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Mix.parse(text));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
