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

    @Test
    void aWalletWithAsManyAccountsAsItMayHaveIsToldWhole() {
        TestLedger ledger = TestLedger.withWallets(100, 0);
        ledger.expect(Outcome.APPLIED, Commands.registerToken(2, "ACT", 6, true));
        for (int i = 0; i < Accounts.MAX_OWN_ACCOUNTS; i++) {
            ledger.expect(Outcome.APPLIED, open(1_000_000 + i, 2, i % 2 == 0 ? "CRD" : "ACT", 256 + i / 2));
        }
        TestLedger.Answer oneMore = ledger.answer(open(2_000_000, 2, "CRD", 9_999));
        assertEquals(Outcome.TOO_MANY_ACCOUNTS, oneMore.outcome());
        assertEquals(Accounts.MAX_OWN_ACCOUNTS, oneMore.limit());
        ledger.expect(Outcome.APPLIED, open(2_000_001, 2, "CRD", 256));
        ledger.expect(Outcome.APPLIED, open(2_000_002, 2, "CRD", Accounts.STAKE));
        ledger.expect(Outcome.APPLIED, open(2_000_003, 3, "CRD", 9_999));

        DirectBuffer bytes = ledger.query(Commands.getWallet(Role.WALLET, 2, 2));
        WalletReplyDecoder.AccountsDecoder accounts = new WalletReplyDecoder()
                .wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder())
                .accounts();
        assertEquals(2 + Accounts.MAX_OWN_ACCOUNTS + 1, accounts.count());
        accounts.next().next().next();
        assertEquals(Accounts.STAKE, accounts.account(), "the newest first");
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

    private static DirectBuffer open(long id, long wallet, String token, int code) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetBoundsEncoder encoder = new SetBoundsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        encoder.id().high(Commands.highOf(id)).low(Commands.lowOf(id));
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.wallet(wallet)
                .token(Commands.token(token))
                .account(code)
                .floor(0)
                .ceiling(Accounts.NO_CEILING);
        return TestLedger.copy(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }
}
