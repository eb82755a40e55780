package io.scrip.tools.inspect;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.protocol.GetTrialBalanceEncoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks a core what is in its books, with the queries that everybody asks. One thread. */
final class Books {
    private final LedgerProcessor core;
    private final UnsafeBuffer query = new UnsafeBuffer(new byte[128]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    Books(LedgerProcessor core) {
        this.core = core;
    }

    /** A token's sums over all accounts, in its smallest unit. */
    record TokenSums(long token, int scale, long accounts, BigInteger debits, BigInteger credits) {
        BigInteger difference() {
            return debits.subtract(credits);
        }
    }

    /** An account's standing, in its token's smallest unit. */
    record Account(long wallet, String owner, long token, int scale, int code, long posted, long held, long incoming) {}

    List<TokenSums> trialBalance() {
        GetTrialBalanceEncoder question = new GetTrialBalanceEncoder();
        question.wrapAndApplyHeader(query, 0, header);
        question.id().high(0).low(0);
        question.caller().role(Role.AUDITOR).wallet(0);
        List<TokenSums> sums = new ArrayList<>();
        int length = MessageHeaderEncoder.ENCODED_LENGTH + question.encodedLength();
        core.onQuery(query, 0, length, (reply, offset, replyLength) -> {
            TrialBalanceReplyDecoder answer =
                    new TrialBalanceReplyDecoder().wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            for (TrialBalanceReplyDecoder.TokensDecoder token : answer.tokens()) {
                sums.add(new TokenSums(
                        token.token(),
                        token.scale(),
                        token.accounts(),
                        whole(token.debitsHigh(), token.debitsLow()),
                        whole(token.creditsHigh(), token.creditsLow())));
            }
        });
        return sums;
    }

    /** Every account with anything on it, wallet by wallet in the order of their numbers. */
    void forEachAccount(Consumer<Account> consumer) {
        core.forEachKey((wallet, high, low) -> {
            if (wallet != 0) {
                accountsOf(wallet, consumer);
            }
        });
    }

    private void accountsOf(long wallet, Consumer<Account> consumer) {
        GetWalletEncoder question = new GetWalletEncoder();
        question.wrapAndApplyHeader(query, 0, header);
        question.id().high(0).low(0);
        question.caller().role(Role.AUDITOR).wallet(0);
        question.wallet(wallet);
        int length = MessageHeaderEncoder.ENCODED_LENGTH + question.encodedLength();
        core.onQuery(query, 0, length, (reply, offset, replyLength) -> {
            WalletReplyDecoder answer =
                    new WalletReplyDecoder().wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            List<Account> accounts = new ArrayList<>();
            for (WalletReplyDecoder.AccountsDecoder account : answer.accounts()) {
                var balances = account.balances();
                accounts.add(new Account(
                        wallet,
                        "",
                        account.token(),
                        account.scale(),
                        account.account(),
                        balances.creditsPosted() - balances.debitsPosted(),
                        balances.debitsPending(),
                        balances.creditsPending()));
            }
            String owner = answer.owner();
            for (Account account : accounts) {
                if (account.posted() != 0 || account.held() != 0 || account.incoming() != 0) {
                    consumer.accept(new Account(
                            wallet,
                            owner,
                            account.token(),
                            account.scale(),
                            account.code(),
                            account.posted(),
                            account.held(),
                            account.incoming()));
                }
            }
        });
    }

    /** In the token's unit, with all its decimal places. */
    static String amount(BigInteger units, int scale) {
        return new BigDecimal(units, scale).toPlainString();
    }

    static String amount(long units, int scale) {
        return amount(BigInteger.valueOf(units), scale);
    }

    private static BigInteger whole(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }
}
