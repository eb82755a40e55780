package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.Commands.Hold;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The last nanoseconds that a long can say: in the protocol the very last one means never. */
class EndOfTimeTest {
    private static final long CRD = Commands.token("CRD");
    private static final long END_NS = Long.MAX_VALUE;

    private final TestLedger ledger = TestLedger.withWallets(100, 0);

    private Outcome at(long ns, DirectBuffer command) {
        return TestLedger.decode(ledger.applyAt(ns, command)).outcome();
    }

    private OutcomeReplyDecoder status(long id) {
        return new OutcomeReplyDecoder()
                .wrapAndApplyHeader(ledger.query(Commands.getOutcome(id)), 0, new MessageHeaderDecoder());
    }

    @Test
    void aCommandWithoutAnyDeadlineAboutIsAppliedThereAsEver() {
        assertEquals(Outcome.APPLIED, at(END_NS, Transfer.of(1, 2, 3, CRD, 10).encode()));
        assertEquals(10, ledger.balance(3), "what the last nanosecond saw is there");
    }

    @Test
    void aHoldWhoseEndWouldLieBehindItNeverEnds() {
        assertEquals(
                Outcome.APPLIED, at(END_NS - 10, Hold.of(1, 2, 3, CRD, 10, 11).encode()));
        assertEquals(
                Outcome.APPLIED, at(END_NS - 9, Hold.of(2, 2, 3, CRD, 10, 9).encode()));
        assertEquals(
                Outcome.APPLIED, at(END_NS - 8, Hold.of(3, 2, 3, CRD, 10, 7).encode()));
        assertEquals(END_NS, status(1).expiresAt());
        assertEquals(END_NS, status(2).expiresAt());
        assertEquals(END_NS - 1, status(3).expiresAt());
        assertEquals(Outcome.APPLIED, at(END_NS, Transfer.of(4, 2, 3, CRD, 10).encode()));
        assertEquals(HoldStatus.PENDING, status(1).holdStatus());
        assertEquals(HoldStatus.PENDING, status(2).holdStatus());
        assertEquals(HoldStatus.EXPIRED, status(3).holdStatus());
    }
}
