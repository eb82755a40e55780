package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalletIdsTest {
    private static final long LAST_NUMBER = (1L << 48) - 1;

    /** These ids are in people's hands: a change of the mix would give their wallets to others. */
    @ParameterizedTest
    @CsvSource({"1,w_7wyqfb6w18gar", "2,w_c953cpkn4p7sz", "1000000,w_frrrdcjaj4rb1", "281474976710655,w_byed23yecsygs"})
    void neverChangesAnId(long number, String id) {
        assertEquals(id, WalletIds.toText(number));
    }

    @Test
    void readsBackEveryIdItWrote() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong(1, LAST_NUMBER + 1);
            assertEquals(number, WalletIds.parse(WalletIds.toText(number)));
        }
        assertEquals(LAST_NUMBER, WalletIds.parse(WalletIds.toText(LAST_NUMBER)));
    }

    @Test
    void givesNeighboursUnlikeIds() {
        Set<String> starts = new HashSet<>();
        for (long number = 1; number <= 1_000; number++) {
            starts.add(WalletIds.toText(number).substring(0, 6));
        }
        assertTrue(starts.size() > 990, "first four digits repeat: " + starts.size());
    }

    @Test
    void landsMistypedIdsOutsideTheNumbersInUse() {
        SplittableRandom random = new SplittableRandom(13);
        String digits = "0123456789abcdefghjkmnpqrstvwxyz";
        int wallets = 1_000_000;
        int hits = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder id = new StringBuilder(WalletIds.toText(random.nextLong(1, wallets)));
            int place = random.nextInt(2, id.length());
            char typed = digits.charAt(random.nextInt(digits.length()));
            if (id.charAt(place) != typed) {
                id.setCharAt(place, typed);
                long number = WalletIds.parse(id);
                hits += number >= 1 && number <= wallets ? 1 : 0;
            }
        }
        assertEquals(0, hits);
    }

    @Test
    void keepsPartitionBitsForLater() {
        assertEquals(WalletIds.NONE, WalletIds.parse(WalletIds.toText(1L << 48)));
        assertEquals(WalletIds.NONE, WalletIds.parse(WalletIds.toText(-1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "w_",
                "w_0000000000000",
                "w_zzzzzzzzzzzzz",
                "w_000000000000",
                "w_00000000000000",
                "x_0000000000000",
                "w-0000000000000",
                "w_000000000000i",
                "w_000000000000 ",
                "w_00000000000٠0",
                "W_0000000000000"
            })
    void findsNoNumberBehindOtherTexts(String text) {
        assertEquals(WalletIds.NONE, WalletIds.parse(text));
    }

    @Test
    void knowsOneSpellingOnly() {
        String upper = WalletIds.toText(1).toUpperCase(Locale.ROOT);
        assertEquals(WalletIds.NONE, WalletIds.parse(upper));
    }
}
