package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.ledger.Commands.Hold;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class DryRunTraceTest {
    private static final long CRD = Commands.token("CRD");

    /** Found by the fuzz: the hold without a fee kept the revenue account of the dry run before it. */
    @Test
    void aDryRunLeavesNoTraceInTheHoldAfterIt() {
        TestLedger ledger = TestLedger.withWallets(1_000, 0, 0);
        ledger.expect(Outcome.APPLIED, creditFee(300));
        ledger.expect(
                Outcome.APPLIED, ofKindCredit(Transfer.of(301, 2, 3, CRD, 100).encode()));
        DirectBuffer dryRun = new Transfer(302, 2, 2, 3, CRD, 100, 0, true, false, List.of(), "", "").encode();
        assertEquals(
                Outcome.APPLIED,
                TestLedger.decode(ledger.query(ofKindCredit(dryRun))).outcome());
        ledger.expect(Outcome.APPLIED, Hold.of(303, 2, 3, CRD, 10, 1_000_000).encode());
        assertEquals(ledger.replayed(Retention.STANDARD).processor.stateHash(), ledger.processor.stateHash());
    }

    private static DirectBuffer creditFee(long id) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        SetFeeEncoder encoder = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(Commands.lowOf(id));
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.kind(TransferKind.CREDIT)
                .payer(FeePayer.SENDER)
                .basisPoints(500)
                .minimum(1)
                .maximum(100)
                .revenueWallet(4);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static DirectBuffer ofKindCredit(DirectBuffer transfer) {
        UnsafeBuffer bytes = new UnsafeBuffer(transfer.byteArray());
        bytes.putByte(MessageHeaderEncoder.ENCODED_LENGTH + TransferEncoder.kindEncodingOffset(), (byte)
                TransferKind.CREDIT.value());
        return bytes;
    }
}
