package io.scrip.tools;

import io.scrip.protocol.AllowCounterpartyEncoder;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.CallerEncoder;
import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.ExtendHoldEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Id128Encoder;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.KillSwitchEncoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.RemoveCounterpartyEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsEncoder;
import io.scrip.protocol.SetBudgetEncoder;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.SetLimitEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldEncoder;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Commands of a little economy, one after the other, the same for the same seed: eight wallets, two tokens, fees, lots
 * that expire, holds in all their ends, batches, limits, frozen wallets, refusals, retries.
 */
public final class LedgerScript implements CommandScript {
    static final long FIRST_WALLET = 2;
    static final int WALLETS = 8;
    static final long ACT = token("ACT");
    static final long CRD = token("CRD");

    private static final List<TransferKind> KINDS =
            List.of(TransferKind.PLAIN, TransferKind.PLAIN, TransferKind.CREDIT, TransferKind.TIP);
    private static final int SETUP = 2 + WALLETS;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Random random;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long step;
    private long timestampNs;
    private int lengthBytes;

    public LedgerScript(long seed, long beginNs) {
        random = new Random(seed);
        timestampNs = beginNs;
    }

    static long token(String code) {
        long packed = 0;
        for (int at = code.length() - 1; at >= 0; at--) {
            packed = packed << 8 | code.charAt(at);
        }
        return packed;
    }

    @Override
    public MutableDirectBuffer next() {
        step++;
        timestampNs += 1 + random.nextInt(50_000_000);
        if (step <= 2) {
            registerToken(step == 1 ? ACT : CRD);
        } else if (step <= SETUP) {
            openWallet(step - 2);
        } else {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> issue();
                case 3 -> hold();
                case 4 -> postHold();
                case 5 -> voidHold();
                case 6 -> extendHold();
                case 7 -> multiTransfer();
                case 8 -> batch();
                case 9 -> rule();
                case 10 -> changeStatus();
                default -> transfer(buffer, 0, step, 0, KINDS.get(random.nextInt(KINDS.size())));
            }
        }
        return buffer;
    }

    @Override
    public int lengthBytes() {
        return lengthBytes;
    }

    @Override
    public long timestampNs() {
        return timestampNs;
    }

    private long wallet() {
        return FIRST_WALLET + random.nextInt(WALLETS);
    }

    private long token() {
        return random.nextInt(4) == 0 ? CRD : ACT;
    }

    private static void id(Id128Encoder id, long number) {
        // A UUIDv8's bits: no time is read out of it.
        id.high(number << 16 | 0x8000).low(Long.MIN_VALUE | number);
    }

    private void done(int encodedLength) {
        lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    }

    private static void operator(CallerEncoder caller) {
        caller.role(Role.OPERATOR).wallet(0);
    }

    private void registerToken(long code) {
        RegisterTokenEncoder command = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        command.caller().role(Role.SYSTEM).wallet(0);
        command.token(code).scale((short) 6).transferable((short) 1);
        done(command.encodedLength());
    }

    private void openWallet(long number) {
        OpenWalletEncoder command = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        operator(command.caller());
        command.keyHashHigh(0x1111_0000 + number).keyHashLow(0x2222_0000 + number);
        command.owner("agent:number-" + number);
        done(command.encodedLength());
    }

    private void issue() {
        IssueEncoder command = new IssueEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        operator(command.caller());
        command.to(wallet()).token(token()).amount(1 + random.nextInt(100_000_000));
        boolean lot = random.nextInt(3) == 0;
        command.terms()
                .category(lot ? LotCategory.PROMOTIONAL : LotCategory.PLAIN)
                .priority((short) (lot ? random.nextInt(200) : 0))
                .effectiveAt(lot && random.nextBoolean() ? timestampNs + SECOND_NS : 0)
                .expiresAt(lot ? timestampNs + (2 + random.nextInt(20)) * SECOND_NS : 0)
                .convertibleFrom(lot ? Long.MAX_VALUE : 0);
        command.reference("issue " + step).metadata("{\"step\":\"" + step + "\"}");
        done(command.encodedLength());
    }

    private int transfer(MutableDirectBuffer target, int offset, long idNumber, long timeoutNs, TransferKind kind) {
        long from = wallet();
        TransferEncoder command = new TransferEncoder().wrapAndApplyHeader(target, offset, new MessageHeaderEncoder());
        // One in sixteen is a retry of an id that may have been anything.
        id(command.id(), random.nextInt(16) == 0 ? 1 + random.nextInt((int) idNumber) : idNumber);
        command.caller().role(Role.WALLET).wallet(from);
        command.from(from).to(wallet()).token(token()).amount(1 + random.nextInt(20_000_000));
        command.applyBefore(0).kind(kind).fromAccount(0).toAccount(0).timeoutNs(timeoutNs);
        command.flags().clear().upTo(random.nextInt(8) == 0);
        command.conditionsCount(0);
        command.reference("r" + idNumber).metadata("");
        done(command.encodedLength());
        return lengthBytes;
    }

    private void hold() {
        transfer(buffer, 0, step, (1 + random.nextInt(10)) * SECOND_NS, TransferKind.PLAIN);
    }

    private long earlier() {
        return Math.max(1, step - random.nextInt(60));
    }

    private void postHold() {
        PostHoldEncoder command = new PostHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        command.caller().role(Role.WALLET).wallet(wallet());
        id(command.holdId(), earlier());
        command.amount(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(1_000_000));
        command.flags().clear().finalCapture(random.nextBoolean());
        done(command.encodedLength());
    }

    private void voidHold() {
        VoidHoldEncoder command = new VoidHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        command.caller().role(Role.WALLET).wallet(wallet());
        id(command.holdId(), earlier());
        done(command.encodedLength());
    }

    private void extendHold() {
        ExtendHoldEncoder command = new ExtendHoldEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        command.caller().role(Role.WALLET).wallet(wallet());
        id(command.holdId(), earlier());
        command.timeoutNs(20 * SECOND_NS);
        done(command.encodedLength());
    }

    private void multiTransfer() {
        long from = wallet();
        MultiTransferEncoder command = new MultiTransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        command.caller().role(Role.WALLET).wallet(from);
        command.applyBefore(0);
        MultiTransferEncoder.LegsEncoder legs = command.legsCount(3);
        for (int i = 0; i < 3; i++) {
            legs.next().from(from).to(wallet()).token(token()).amount(1 + random.nextInt(1_000_000));
            legs.fromAccount(0).toAccount(0);
        }
        command.reference("legs").metadata("");
        done(command.encodedLength());
    }

    private void batch() {
        BatchEncoder command = new BatchEncoder().wrapAndApplyHeader(buffer, 0, header);
        command.id().high(0).low(0);
        long from = wallet();
        command.caller().role(Role.WALLET).wallet(from);
        int count = 1 + random.nextInt(6);
        BatchEncoder.ItemsEncoder items = command.itemsCount(count);
        ExpandableArrayBuffer item = new ExpandableArrayBuffer();
        for (int i = 0; i < count; i++) {
            int length = transfer(item, 0, 1_000_000 + step * 8 + i, 0, TransferKind.PLAIN);
            TransferEncoder own = new TransferEncoder().wrap(item, MessageHeaderEncoder.ENCODED_LENGTH);
            own.caller().role(Role.WALLET).wallet(from);
            own.from(from);
            items.next().flags().clear().linked(i + 1 < count && random.nextBoolean());
            items.putCommand(item, 0, length);
        }
        done(command.encodedLength());
    }

    private void rule() {
        switch (random.nextInt(7)) {
            case 0 -> {
                SetFeeEncoder command = new SetFeeEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.kind(TransferKind.CREDIT).payer(random.nextBoolean() ? FeePayer.RECEIVER : FeePayer.SENDER);
                command.basisPoints(random.nextInt(1_000))
                        .minimum(0)
                        .maximum(1_000_000)
                        .revenueWallet(1);
                done(command.encodedLength());
            }
            case 1 -> {
                SetParentEncoder command = new SetParentEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.wallet(wallet()).parent(random.nextBoolean() ? wallet() : 0);
                done(command.encodedLength());
            }
            case 2 -> {
                SetLimitEncoder command = new SetLimitEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.wallet(wallet()).token(ACT).account(0).window(SpendingWindow.MINUTE);
                command.maxCount(5 + random.nextInt(100)).maxSum(Long.MAX_VALUE);
                done(command.encodedLength());
            }
            case 3 -> {
                SetBudgetEncoder command = new SetBudgetEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.wallet(wallet()).token(ACT).scope(BudgetScope.OWN);
                command.perCall(Long.MAX_VALUE).perDay(1_000_000_000L).perMonth(Long.MAX_VALUE);
                done(command.encodedLength());
            }
            case 4 -> {
                AllowCounterpartyEncoder command = new AllowCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.wallet(FIRST_WALLET).counterparty(wallet());
                done(command.encodedLength());
            }
            case 5 -> {
                RemoveCounterpartyEncoder command =
                        new RemoveCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
                id(command.id(), step);
                operator(command.caller());
                command.wallet(FIRST_WALLET).counterparty(wallet());
                done(command.encodedLength());
            }
            default -> bounds();
        }
    }

    private void bounds() {
        SetBoundsEncoder command = new SetBoundsEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        operator(command.caller());
        command.wallet(wallet()).token(ACT).account(random.nextBoolean() ? 0 : 256);
        command.floor(-random.nextInt(1_000_000)).ceiling(Long.MAX_VALUE);
        done(command.encodedLength());
    }

    private void changeStatus() {
        if (random.nextInt(4) == 0) {
            KillSwitchEncoder command = new KillSwitchEncoder().wrapAndApplyHeader(buffer, 0, header);
            id(command.id(), step);
            operator(command.caller());
            command.wallet(wallet())
                    .on((short) (random.nextInt(4) == 0 ? 1 : 0))
                    .reason("test");
            done(command.encodedLength());
            return;
        }
        ChangeStatusEncoder command = new ChangeStatusEncoder().wrapAndApplyHeader(buffer, 0, header);
        id(command.id(), step);
        operator(command.caller());
        boolean freeze = random.nextInt(3) == 0;
        command.wallet(wallet()).token(0).account(0).change(freeze ? StatusChange.FREEZE : StatusChange.UNFREEZE);
        command.reason("by the script");
        done(command.encodedLength());
    }
}
