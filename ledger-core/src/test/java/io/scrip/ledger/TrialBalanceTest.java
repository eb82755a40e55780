package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** That the sums kept are those of a walk is checked after every command of every page. */
class TrialBalanceTest {
    private static final long CRD = Commands.token("CRD");

    /** Debits and credits of the only token, as the answer to a query has them. */
    private static BigInteger[] answered(TestLedger ledger) {
        TrialBalanceReplyDecoder reply = new TrialBalanceReplyDecoder()
                .wrapAndApplyHeader(
                        ledger.query(Commands.getTrialBalance(Role.AUDITOR)), 0, new MessageHeaderDecoder());
        TrialBalanceReplyDecoder.TokensDecoder token = reply.tokens().next();
        assertEquals(3, token.accounts());
        return new BigInteger[] {
            unsigned(token.debitsHigh(), token.debitsLow()), unsigned(token.creditsHigh(), token.creditsLow())
        };
    }

    private static BigInteger unsigned(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }

    @Test
    void theSumsGoOnPastSixtyFourBits() {
        TestLedger ledger = TestLedger.withWallets(0, 0);
        long most = Long.MAX_VALUE;
        BigInteger moved = BigInteger.ZERO;
        ledger.expect(Outcome.APPLIED, Commands.issue(300, Role.OPERATOR, 2, CRD, most));
        moved = moved.add(BigInteger.valueOf(most));
        ledger.expect(Outcome.APPLIED, Transfer.of(301, 2, 3, CRD, most).encode());
        moved = moved.add(BigInteger.valueOf(most));
        assertEquals(moved, answered(ledger)[0]);
        ledger.expect(Outcome.OVERFLOW, Transfer.of(302, 3, 2, CRD, 1).encode());
        assertEquals(moved, answered(ledger)[0]);
        assertEquals(moved, answered(ledger)[1]);
        assertTrue(ledger.processor.trialBalance().isZero());
    }

    @Test
    void aCarryGoesUpExactlyWhenTheLowHalfIsFull() {
        Tokens tokens = new Tokens(new Undo());
        int row = tokens.register(CRD, 6, true);
        BigInteger sum = BigInteger.ZERO;
        long[] amounts = {Long.MAX_VALUE, Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, 2, Long.MAX_VALUE, Long.MAX_VALUE, 7};
        for (long amount : amounts) {
            tokens.addDebit(row, amount);
            sum = sum.add(BigInteger.valueOf(amount));
            assertEquals(sum, unsigned(tokens.debitsHigh(row), tokens.debitsLow(row)));
        }
        assertEquals(0, tokens.creditsLow(row));
    }
}
