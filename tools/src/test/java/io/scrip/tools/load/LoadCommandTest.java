package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.ExitCode;
import io.scrip.tools.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --wallets 1               | --wallets must be 2 to 10000000
            --batch 0                 | --batch must be 1 to 8190
            --batch 8191              | --batch must be 1 to 8190
            --rate 0                  | --rate must be above 0
            --rate -5                 | --rate must be above 0
            --connections 0           | --connections must be 1 to 20000
            --connections 20001       | --connections must be 1 to 20000
            --depth 0                 | --depth must be 1 to 1024
            --depth 1025              | --depth must be 1 to 1024
            --threads 0               | --threads must be 1 to 64
            --threads 65              | --threads must be 1 to 64
            --threads 3 --connections 2 | --threads must not be more than --connections
            --histogram /nowhere/at/all.hgrm | --histogram names no file that can be written: /nowhere/at/all.hgrm
            --duration 0s             | the duration must be above 0
            --duration tomorrow       | --duration must be a time such as 500ms, 10s or 5m
            --warm-up -1s             | --warm-up must be a time
            --mix payments=1          | --mix knows transfer, hold
            --zipf -1                 | the exponent of --zipf must be 0 to 20
            --hot --zipf 1            | --hot and --zipf exclude each other
            --url ftp://example.org   | --url must be http://HOST:PORT
            --url http://             | --url
            --protocol smoke          | Invalid value for option '--protocol'
            --protocol binary --mix void=1 | a void is the payee's
            --protocol binary --binary-address nowhere | --binary-address must be HOST:PORT
            --rate lots               | Invalid value for option '--rate'
            --surely                  | Unknown option: '--surely'
            """)
    void badArgumentsAreRefusedInOneLine(String arguments, String why) {
        String[] words = ("load " + arguments).split(" ");
        Ran ran = Ran.scrip((Object[]) words);
        assertEquals(ExitCode.USAGE, ran.code(), ran.toString());
        assertTrue(ran.err().contains(why), ran.toString());
        assertEquals(1, ran.err().strip().lines().count(), ran.toString());
    }

    @Test
    void helpNamesTheOptions() {
        Ran ran = Ran.scrip("load", "--help");
        assertEquals(ExitCode.OK, ran.code());
        assertTrue(ran.out().contains("--rate") && ran.out().contains("SCRIP_OPERATOR_KEY"), ran.toString());
    }

    @Test
    void timesAreReadWithTheirUnits() {
        assertEquals(500_000_000L, LoadCommand.nanos("--duration", "500ms"));
        assertEquals(10_000_000_000L, LoadCommand.nanos("--duration", "10s"));
        assertEquals(10_000_000_000L, LoadCommand.nanos("--duration", "10"));
        assertEquals(300_000_000_000L, LoadCommand.nanos("--duration", "5m"));
        assertEquals(7_200_000_000_000L, LoadCommand.nanos("--duration", "2h"));
        assertThrows(IllegalArgumentException.class, () -> LoadCommand.nanos("--duration", "1d"));
    }
}
