package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import java.util.List;

/**
 * A wallet's accounts as they stood at a moment.
 *
 * @param eventSequence of the ledger's last event by then; 0: there was none
 * @param accounts      those that anything had touched by then, in the order of the wallet's reply
 */
public record PastBalances(long wallet, Moment moment, long eventSequence, List<Account> accounts) {
    public PastBalances {
        accounts = List.copyOf(accounts);
    }

    /**
     * One account after its last leg.
     *
     * @param scale decimal places of the token
     * @param code  0: main
     */
    public record Account(long token, int scale, int code, BalanceNumbers balances) {}
}
