package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whether a wallet has any account is seen in its row, without asking the index. */
class FirstAccountTest {
    private static final int TOKEN = 0;
    private static final int OTHER_TOKEN = 1;

    private final LedgerState state = new LedgerState(Retention.STANDARD);
    private final int wallet = openWallet();

    private int openWallet() {
        state.tokens.register(Commands.token("CRD"), 6, true);
        state.tokens.register(Commands.token("UTL"), 6, true);
        return state.wallets.open(new UnsafeBuffer(new byte[] {'w'}), 0, 1, 0, 0);
    }

    @Test
    void aWalletThatValueHasNeverReachedHasNoAccount() {
        assertEquals(-1, state.find(wallet, TOKEN, Accounts.MAIN));
        assertEquals(Accounts.UNTOUCHED, state.account(wallet, TOKEN, Accounts.MAIN));
    }

    @Test
    void aFirstAccountThatIsNoMainOneIsFound() {
        int stake = state.openAccount(wallet, TOKEN, Accounts.STAKE, 0);
        assertEquals(stake, state.find(wallet, TOKEN, Accounts.STAKE));
        assertEquals(-1, state.find(wallet, TOKEN, Accounts.MAIN));
        int main = state.openAccount(wallet, TOKEN, Accounts.MAIN, 0);
        assertEquals(Accounts.HAS_STAKE, state.accounts.flags(main) & Accounts.HAS_STAKE, "the stake was seen");
    }

    @Test
    void aMainAccountInAnotherTokenIsFoundToo() {
        int first = state.openAccount(wallet, TOKEN, Accounts.MAIN, 0);
        int second = state.openAccount(wallet, OTHER_TOKEN, Accounts.MAIN, 0);
        assertEquals(first, state.account(wallet, TOKEN, Accounts.MAIN));
        assertEquals(second, state.account(wallet, OTHER_TOKEN, Accounts.MAIN));
    }
}
