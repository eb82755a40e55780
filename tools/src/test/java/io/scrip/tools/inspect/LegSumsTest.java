package io.scrip.tools.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LegSumsTest {
    private static final long CRD = 0x44_52_43;
    private static final long PAYER = 2;
    private static final long PAYEE = 3;
    private static final long SECOND_NS = 1_000_000_000L;

    private final LegSums sums = new LegSums();
    private final List<LegKind> kinds = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final LedgerProcessor core = new LedgerProcessor(Retention.STANDARD, (sequence, event, offset, length) -> {
        sums.onEvent(event, offset);
        MessageHeaderDecoder head = new MessageHeaderDecoder().wrap(event, offset);
        if (head.templateId() == LegEventDecoder.TEMPLATE_ID) {
            kinds.add(new LegEventDecoder()
                    .wrapAndApplyHeader(event, offset, head)
                    .kind());
        }
    });

    @ParameterizedTest
    @EnumSource(
            value = FeePayer.class,
            names = {"SENDER", "RECEIVER"})
    void theFeeOfACapturedHoldAddsUpWhoeverPaysIt(FeePayer payer) {
        openWalletsWithAFee(payer);
        long hold = hold(1_000);
        capture(hold, 300, false);
        capture(hold, 200, true);

        assertNull(sums.problem());
        assertEquals(2, kinds.stream().filter(kind -> kind == LegKind.FEE).count());
    }

    private void openWalletsWithAFee(FeePayer payer) {
        RegisterTokenEncoder token = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        token.id().high(1).low(nextId());
        token.caller().role(Role.SYSTEM).wallet(0);
        apply(token.token(CRD).scale((short) 2).transferable((short) 1).encodedLength());
        for (long wallet = PAYER; wallet <= PAYEE; wallet++) {
            OpenWalletEncoder open = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
            open.id().high(1).low(nextId());
            open.caller().role(Role.OPERATOR).wallet(0);
            apply(open.keyHashHigh(wallet)
                    .keyHashLow(wallet)
                    .owner("agent:" + wallet)
                    .encodedLength());
        }
        SetFeeEncoder fee = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, header);
        fee.id().high(1).low(nextId());
        fee.caller().role(Role.OPERATOR).wallet(0);
        fee.kind(TransferKind.TIP).payer(payer).basisPoints(1_000).minimum(0).maximum(Long.MAX_VALUE);
        apply(fee.revenueWallet(PAYEE).encodedLength());
        IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(buffer, 0, header);
        issue.id().high(1).low(nextId());
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(PAYER).token(CRD).amount(10_000);
        issue.terms()
                .category(LotCategory.PLAIN)
                .priority((short) 0)
                .effectiveAt(0)
                .expiresAt(0)
                .convertibleFrom(0);
        apply(issue.reference("").metadata("").encodedLength());
    }

    private long hold(long amount) {
        long id = nextId();
        TransferEncoder hold = new TransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        hold.id().high(1).low(id);
        hold.caller().role(Role.WALLET).wallet(PAYER);
        hold.from(PAYER).to(PAYEE).token(CRD).amount(amount).applyBefore(0);
        hold.flags().clear();
        hold.kind(TransferKind.TIP).fromAccount(0).toAccount(0).timeoutNs(60 * SECOND_NS);
        hold.conditionsCount(0);
        apply(hold.reference("").metadata("").encodedLength());
        return id;
    }

    private void capture(long hold, long amount, boolean isFinal) {
        PostHoldEncoder post = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        post.id().high(1).low(nextId());
        post.caller().role(Role.WALLET).wallet(PAYEE);
        post.holdId().high(1).low(hold);
        post.amount(amount).flags().clear().finalCapture(isFinal);
        apply(post.encodedLength());
    }

    private long nextId() {
        return core.lastSequence() + 1;
    }

    private void apply(int encodedLength) {
        long sequence = nextId();
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        core.onCommand(sequence, SECOND_NS + sequence, buffer, 0, length, CommandReplySink.NONE);
    }
}
