package io.scrip.testkit.model;

import io.scrip.protocol.TrialBalanceReplyDecoder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The sums of all debits and of all credits, by token in order of registration. */
public record TrialBalanceView(long sequence, long timestampNs, List<Token> tokens) {

    /** One token's. */
    public record Token(
            long token, int scale, boolean transferable, long accounts, BigInteger debits, BigInteger credits) {}

    public static TrialBalanceView of(TrialBalanceReplyDecoder reply) {
        List<Token> tokens = new ArrayList<>();
        for (TrialBalanceReplyDecoder.TokensDecoder token : reply.tokens()) {
            tokens.add(new Token(
                    token.token(),
                    token.scale(),
                    token.transferable() == 1,
                    token.accounts(),
                    wide(token.debitsHigh(), token.debitsLow()),
                    wide(token.creditsHigh(), token.creditsLow())));
        }
        return new TrialBalanceView(reply.sequence(), reply.timestamp(), tokens);
    }

    /** Whether every token's debits are its credits. */
    public boolean isZero() {
        return tokens.stream().allMatch(token -> token.debits().equals(token.credits()));
    }

    private static BigInteger wide(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
