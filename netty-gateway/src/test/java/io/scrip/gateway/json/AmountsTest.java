package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            20,                    6, 20000000
            0.000001,              6, 1
            0,                     6, 0
            0.0,                   6, 0
            20.00,                 2, 2000
            20.5,                  2, 2050
            7,                     0, 7
            9223372036854775807,   0, 9223372036854775807
            9223372036854.775807,  6, 9223372036854775807
            0.000000000000000001, 18, 1
            9.223372036854775807, 18, 9223372036854775807
            0.00,                  2, 0
            """)
    void readsDecimalStrings(String text, int scale, long units) {
        assertEquals(units, Amounts.parse(text, scale));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "-0",
                "1e3",
                "1E3",
                "1.",
                ".5",
                ".",
                "1.2.3",
                "01",
                "00",
                "00.5",
                " 1",
                "1 ",
                "1_000",
                "1,5",
                "0x10",
                "NaN",
                "Infinity",
                "١",
                "１",
                "1\u0000",
                "--1",
                "1-",
                "1d",
                "1f",
                "½",
                "²"
            })
    void refusesWhatIsNoPlainDecimal(String text) {
        assertEquals(Amounts.NOT_DECIMAL, Amounts.parse(text, 6));
    }

    @ParameterizedTest
    @CsvSource({"0.0000001,6", "1.0000000,6", "1.001,2", "1.0,0", "1.00,1"})
    void refusesMoreDecimalsThanTheTokenHas(String text, int scale) {
        assertEquals(Amounts.TOO_MANY_DECIMALS, Amounts.parse(text, scale));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808,0",
        "9223372036854.775808,6",
        "9223372036855,6",
        "92233720368547758070,0",
        "99999999999999999999999999999999999999999999999999999999999999,6",
        "10,18",
        "18446744073709551616,0"
    })
    void refusesWhatDoesNotFitIntoSixtyThreeBits(String text, int scale) {
        assertEquals(Amounts.TOO_LARGE, Amounts.parse(text, scale));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            20000000,              6, 20
            1,                     6, 0.000001
            0,                     6, 0
            0,                     0, 0
            2050,                  2, 20.5
            5,                     2, 0.05
            100,                   2, 1
            -1,                    6, -0.000001
            -20000000,             6, -20
            9223372036854775807,   0, 9223372036854775807
            9223372036854775807,   6, 9223372036854.775807
            -9223372036854775808,  0, -9223372036854775808
            -9223372036854775808, 18, -9.223372036854775808
            10,                    0, 10
            """)
    void writesTheCanonicalForm(long units, int scale, String text) {
        assertEquals(text, Amounts.toText(units, scale));
    }

    @Test
    void writesWhatBigDecimalWritesAndReadsItBack() {
        SplittableRandom random = new SplittableRandom(20260721);
        for (int i = 0; i < 20_000; i++) {
            long units = random.nextLong() >>> random.nextInt(64);
            int scale = random.nextInt(Amounts.MAX_SCALE + 1);
            String expected = units == 0
                    ? "0"
                    : BigDecimal.valueOf(units, scale).stripTrailingZeros().toPlainString();
            assertEquals(expected, Amounts.toText(units, scale));
            if (units >= 0) {
                assertEquals(units, Amounts.parse(expected, scale));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,6,0",
        "0,1500000,6,1.5",
        "-1,-1500000,6,-1.5",
        "1,0,0,18446744073709551616",
        "0,-1,2,184467440737095516.15"
    })
    void writesSumsOf128Bits(long high, long low, int scale, String text) {
        assertEquals(text, Amounts.toText(Amounts.integer(high, low), scale));
    }
}
