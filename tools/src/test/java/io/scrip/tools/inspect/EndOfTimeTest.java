package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.CommandScript;
import io.scrip.tools.ExitCode;
import io.scrip.tools.LedgerScript;
import io.scrip.tools.Ran;
import io.scrip.tools.TestLedger;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal whose last records stand in the last nanoseconds that the format can say. */
class EndOfTimeTest {
    private static final int COMMANDS = 200;
    private static final String LAST_TIME = "2262-04-11T23:47:16.854775807Z";

    @TempDir
    private Path scratch;

    /** Another script's commands, one in each of the last nanoseconds. */
    private static final class LastNanoseconds implements CommandScript {
        private final LedgerScript commands = new LedgerScript(7, Long.MAX_VALUE / 2);
        private int left = 2 * COMMANDS;

        @Override
        public DirectBuffer next() {
            left--;
            return commands.next();
        }

        @Override
        public int lengthBytes() {
            return commands.lengthBytes();
        }

        @Override
        public long timestampNs() {
            return Long.MAX_VALUE - left;
        }
    }

    private Ran ran(Object... words) {
        Ran ran = Ran.scrip(words);
        assertEquals(ExitCode.OK, ran.code(), ran.toString());
        assertFalse(ran.err().contains("internal fault"), ran.toString());
        return ran;
    }

    @Test
    void isVerifiedReplayedAndDumpedAsAnyOther() throws Exception {
        Path data = scratch.resolve("data");
        TestLedger.stopped(data, COMMANDS, TestLedger.SMALL_FILES, new LastNanoseconds());
        assertTrue(ran("verify", "--data", data).out().contains("last at " + LAST_TIME));
        assertTrue(ran("replay", "--data", data).out().contains("at " + LAST_TIME));
        assertTrue(ran("dump", "--data", data, "--from", 2 * COMMANDS).out().contains(LAST_TIME));
        assertTrue(ran("dump", "--events", "--json", "--data", data).out().contains("\"timestamp\":\"" + LAST_TIME));
        ran("snapshot", "check", "--data", data);
        Path backup = scratch.resolve("backup");
        ran("backup", "--data", data, "--to", backup);
        Path restored = scratch.resolve("restored");
        assertTrue(ran("restore", "--from", backup, "--data", restored).out().contains(LAST_TIME));
        ran("verify", "--data", restored);
    }

    @Test
    void aTimeBefore1970IsShownAsANumber() {
        assertEquals("-5 ns", InspectText.time(-5));
        assertEquals(LAST_TIME, InspectText.time(Long.MAX_VALUE));
    }
}
