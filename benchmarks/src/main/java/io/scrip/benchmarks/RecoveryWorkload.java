package io.scrip.benchmarks;

import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One command after the other: a token, then for each account its wallet and an issuance, then uniform transfers for
 * ever. The same numbers give the same commands, so a second process can go on where the first one stopped.
 */
final class RecoveryWorkload {
    private static final long CRD = FundedLedger.CRD;
    private static final long ID_HIGH = 0x5C21_0000_0000_0000L;

    private final int accounts;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenWalletEncoder openWallet = new OpenWalletEncoder();
    private final IssueEncoder issue = new IssueEncoder();
    private final TransferCommand transfer = new TransferCommand(CRD);

    /** Takes a command; the buffer is good during the call. */
    @FunctionalInterface
    interface Taker {
        void take(DirectBuffer command, int offset, int lengthBytes);
    }

    RecoveryWorkload(int accounts) {
        this.accounts = accounts;
    }

    /** Commands before the first transfer. */
    static long preparation(int accounts) {
        return 1 + 2L * accounts;
    }

    /** Hands over the command with this number, counted from 1. */
    void command(long number, Taker taker) {
        if (number == 1) {
            registerToken(taker);
        } else if (number <= preparation(accounts)) {
            int index = (int) ((number - 2) / 2);
            if (number % 2 == 0) {
                openWallet(number, index, taker);
            } else {
                issue(number, index, taker);
            }
        } else {
            SplittableRandom random = new SplittableRandom(number);
            int from = random.nextInt(accounts);
            int to = (from + 1 + random.nextInt(accounts - 1)) % accounts;
            transfer.set(random.nextLong(), number, FundedLedger.wallet(from), FundedLedger.wallet(to), 1);
            taker.take(transfer.buffer(), 0, transfer.lengthBytes());
        }
    }

    private void registerToken(Taker taker) {
        RegisterTokenEncoder encoder = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.id().high(ID_HIGH).low(1);
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.token(CRD).scale((short) 6).transferable((short) 1);
        taker.take(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private void openWallet(long number, int index, Taker taker) {
        openWallet.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(number);
        openWallet.caller().role(Role.OPERATOR).wallet(0);
        openWallet.keyHashHigh(1).keyHashLow(index + 1L).owner("agent:" + index);
        taker.take(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + openWallet.encodedLength());
    }

    private void issue(long number, int index, Taker taker) {
        // Fields that are not named here, terms among them, are zero: plain value.
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        issue.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(number);
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(FundedLedger.wallet(index))
                .token(CRD)
                .amount(FundedLedger.FUNDS)
                .reference("")
                .metadata("");
        taker.take(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + issue.encodedLength());
    }
}
