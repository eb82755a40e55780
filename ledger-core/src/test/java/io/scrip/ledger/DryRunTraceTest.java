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
        ledger.expect(Outcome.APPLIED, fee(300, TransferKind.CREDIT, 4));
        ledger.expect(Outcome.APPLIED, fee(301, TransferKind.TIP, 3));
        ledger.expect(Outcome.APPLIED, ofKind(TransferKind.CREDIT, Transfer.of(302, 2, 3, CRD, 100)));
        ledger.expect(Outcome.APPLIED, ofKind(TransferKind.TIP, Transfer.of(303, 2, 3, CRD, 100)));
        Transfer dryRun = new Transfer(304, 2, 2, 3, CRD, 100, 0, true, false, List.of(), "", "");
        DirectBuffer projected = ledger.query(ofKind(TransferKind.CREDIT, dryRun));
        assertEquals(Outcome.APPLIED, TestLedger.decode(projected).outcome());
        ledger.expect(Outcome.APPLIED, Hold.of(305, 2, 3, CRD, 10, 1_000_000).encode());
        assertEquals(ledger.replayed(Retention.STANDARD).processor.stateHash(), ledger.processor.stateHash());
    }

    private static DirectBuffer fee(long id, TransferKind kind, long revenueWallet) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        SetFeeEncoder encoder = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(Commands.lowOf(id));
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.kind(kind)
                .payer(FeePayer.SENDER)
                .basisPoints(500)
                .minimum(1)
                .maximum(100)
                .revenueWallet(revenueWallet);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private static DirectBuffer ofKind(TransferKind kind, Transfer transfer) {
        UnsafeBuffer bytes = new UnsafeBuffer(transfer.encode().byteArray());
        bytes.putByte(MessageHeaderEncoder.ENCODED_LENGTH + TransferEncoder.kindEncodingOffset(), (byte) kind.value());
        return bytes;
    }
}
