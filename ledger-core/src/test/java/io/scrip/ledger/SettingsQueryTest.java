package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.protocol.ChangeStatusEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetSettingsEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.WalletReplyDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the operator has set, as anybody may read it; and what has become of single accounts. */
class SettingsQueryTest {
    private static final long CRD = Commands.token("CRD");

    private static DirectBuffer getSettings(Role role, long caller) {
        UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + GetSettingsEncoder.BLOCK_LENGTH]);
        GetSettingsEncoder encoder = new GetSettingsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(role).wallet(caller);
        return buffer;
    }

    private static List<String> settings(TestLedger ledger, Role role, long caller) {
        SettingsReplyDecoder reply = new SettingsReplyDecoder()
                .wrapAndApplyHeader(ledger.query(getSettings(role, caller)), 0, new MessageHeaderDecoder());
        List<String> all = new ArrayList<>();
        all.add("as of " + reply.sequence());
        for (SettingsReplyDecoder.TokensDecoder token : reply.tokens()) {
            all.add((token.token() == CRD ? "CRD" : "other") + " " + token.scale() + " " + token.transferable());
        }
        for (SettingsReplyDecoder.FeesDecoder fee : reply.fees()) {
            all.add(fee.kind() + " " + fee.payer() + " " + fee.basisPoints() + " " + fee.minimum() + " " + fee.maximum()
                    + " to " + fee.revenueWallet());
        }
        return all;
    }

    @Test
    void anybodyLearnsTokensInOrderOfRegistrationAndTheFeesThatHoldInOrderOfKind() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        assertEquals(List.of("as of 3", "CRD 6 1"), settings(ledger, Role.WALLET, 2));
        ledger.expect(Outcome.APPLIED, Commands.registerToken(2, "REP", 0, false));
        ledger.expect(Outcome.APPLIED, ControlCommands.setFee(3, TransferKind.SERVICE, FeePayer.SENDER, 10_000, 3));
        ledger.expect(Outcome.APPLIED, ControlCommands.setFee(4, TransferKind.CREDIT, FeePayer.RECEIVER, 1_000, 2));
        ledger.expect(Outcome.APPLIED, ControlCommands.setFee(5, TransferKind.CREDIT, FeePayer.RECEIVER, 500, 2));
        long unlimited = Long.MAX_VALUE;
        List<String> expected = List.of(
                "as of 7",
                "CRD 6 1",
                "other 0 0",
                "CREDIT RECEIVER 500 0 " + unlimited + " to 2",
                "SERVICE SENDER 10000 0 " + unlimited + " to 3");
        for (Role role : new Role[] {Role.SYSTEM, Role.OPERATOR, Role.AUDITOR, Role.WALLET}) {
            assertEquals(expected, settings(ledger, role, 2));
        }
    }

    @Test
    void anAccountTellsItsOwnFlagsAndTheWalletItsOwn() {
        TestLedger ledger = TestLedger.withWallets(5, 0);
        assertEquals(List.of("open", "CRD 0 open"), flags(ledger));
        ledger.expect(Outcome.APPLIED, change(50, CRD, Accounts.STAKE, StatusChange.FREEZE));
        ledger.expect(Outcome.APPLIED, change(51, CRD, 300, StatusChange.CLOSE));
        assertEquals(List.of("open", "CRD 0 open", "CRD 300 closed", "CRD 2 frozen"), flags(ledger));
        ledger.expect(Outcome.APPLIED, change(52, CRD, Accounts.STAKE, StatusChange.UNFREEZE));
        ledger.expect(Outcome.APPLIED, change(53, 0, 0, StatusChange.FREEZE));
        assertEquals(List.of("frozen", "CRD 0 open", "CRD 300 closed", "CRD 2 open"), flags(ledger));
    }

    private static DirectBuffer change(long id, long token, int account, StatusChange change) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        ChangeStatusEncoder encoder =
                new ChangeStatusEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(id);
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.wallet(2).token(token).account(account).change(change).reason("");
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static List<String> flags(TestLedger ledger) {
        WalletReplyDecoder reply = new WalletReplyDecoder()
                .wrapAndApplyHeader(
                        ledger.query(Commands.getWallet(Role.OPERATOR, 0, 2)), 0, new MessageHeaderDecoder());
        List<String> all = new ArrayList<>();
        all.add(text(reply.flags().frozen(), reply.flags().closed()));
        for (WalletReplyDecoder.AccountsDecoder account : reply.accounts()) {
            all.add("CRD " + account.account() + " "
                    + text(account.flags().frozen(), account.flags().closed()));
        }
        return all;
    }

    private static String text(boolean frozen, boolean closed) {
        return closed ? "closed" : frozen ? "frozen" : "open";
    }
}
