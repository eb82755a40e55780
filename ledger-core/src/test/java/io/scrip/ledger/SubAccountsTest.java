package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsEncoder;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SubAccountsTest {
    private static final int MORE_THAN_A_GROUP_COUNTS = 65_600;

    @Test
    void aWalletWithMoreSubAccountsThanAReplyCanCountIsStillAnswered() {
        TestLedger ledger = TestLedger.withWallets(100);
        ledger.expect(Outcome.APPLIED, Commands.registerToken(2, "ACT", 6, true));
        int codes = 65_536 - Accounts.FIRST_FREE_CODE;
        for (int i = 0; i < MORE_THAN_A_GROUP_COUNTS; i++) {
            String token = i < codes ? "CRD" : "ACT";
            ledger.expect(Outcome.APPLIED, open(1_000_000 + i, token, Accounts.FIRST_FREE_CODE + i % codes));
        }
        DirectBuffer bytes = ledger.query(Commands.getWallet(Role.WALLET, 2, 2));
        WalletReplyDecoder.AccountsDecoder accounts = new WalletReplyDecoder()
                .wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder())
                .accounts();
        assertEquals(2 + Queries.MAX_SUB_ACCOUNTS, accounts.count());
        accounts.next().next().next();
        int newest = Accounts.FIRST_FREE_CODE + (MORE_THAN_A_GROUP_COUNTS - 1) % codes;
        assertEquals(newest, accounts.account());
        assertEquals(Commands.token("ACT"), accounts.token());
    }

    @Test
    void aWalletShowsWhatItHasStakedThoughItsMainAccountWasNeverTouched() {
        TestLedger ledger = TestLedger.withWallets(100, 0);
        UnsafeBuffer transfer = new UnsafeBuffer(Commands.Transfer.of(900, 2, 3, Commands.token("CRD"), 40)
                .encode(Role.SYSTEM)
                .byteArray());
        transfer.putShort(
                MessageHeaderEncoder.ENCODED_LENGTH + TransferEncoder.toAccountEncodingOffset(),
                (short) Accounts.STAKE,
                ByteOrder.LITTLE_ENDIAN);
        ledger.expect(Outcome.APPLIED, transfer);
        DirectBuffer bytes = ledger.query(Commands.getWallet(Role.WALLET, 3, 3));
        WalletReplyDecoder.AccountsDecoder accounts = new WalletReplyDecoder()
                .wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder())
                .accounts();
        assertEquals(40, accounts.next().balances().staked());
    }

    private static DirectBuffer open(long id, String token, int code) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetBoundsEncoder encoder = new SetBoundsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(Commands.lowOf(id));
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.wallet(2).token(Commands.token(token)).account(code).floor(0).ceiling(Accounts.NO_CEILING);
        return TestLedger.copy(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
