package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.protocol.Outcome;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    /** The codec's own values, and what only the gateway says of an id that it finds no transfer under. */
    private static final Set<Outcome> NO_DECISIONS =
            EnumSet.of(Outcome.SBE_UNKNOWN, Outcome.NULL_VAL, Outcome.UNKNOWN_TRANSFER);

    @Test
    void everyOutcomeIsExpectedInSomeRow() {
        Set<Outcome> missing = EnumSet.complementOf(EnumSet.copyOf(NO_DECISIONS));
        for (LedgerPage page : LedgerPagesTest.pages()) {
            missing.removeAll(page.expectedOutcomes());
        }
        assertEquals(EnumSet.noneOf(Outcome.class), missing);
    }
}
