package io.scrip.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.Commands;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class LiveKeysTest {
    private final LiveKeys keys = new LiveKeys();
    private final LedgerProcessor processor = new LedgerProcessor(
            Retention.STANDARD, (eventSequence, event, offset, length) -> keys.onEvent(event, offset));

    private void apply(DirectBuffer command) {
        long next = processor.lastSequence() + 1;
        processor.onCommand(next, next, command, 0, command.capacity(), CommandReplySink.NONE);
    }

    @Test
    void aWalletsKeyIsKnownOnceItsEventHasPassed() {
        assertFalse(keys.isWalletKey(2, 11, 12));
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 11, 12));
        apply(Commands.openWallet(2, Role.OPERATOR, "agent:b", 21, 22));
        assertTrue(keys.isWalletKey(2, 11, 12));
        assertTrue(keys.isWalletKey(3, 21, 22));
        assertFalse(keys.isWalletKey(2, 21, 22), "another wallet's key");
        assertFalse(keys.isWalletKey(2, 11, 13));
        assertFalse(keys.isWalletKey(2, 10, 12));
        assertFalse(keys.isOperatorKey(11, 12));
    }

    @Test
    void aRefusedOpeningBringsNoKey() {
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 11, 12));
        apply(Commands.openWallet(2, Role.OPERATOR, "agent:a", 31, 32));
        apply(Commands.openWallet(3, Role.WALLET, "agent:c", 41, 42));
        assertTrue(keys.isWalletKey(2, 11, 12));
        assertFalse(keys.isWalletKey(2, 31, 32));
        assertFalse(keys.isWalletKey(3, 41, 42));
    }

    @Test
    void aRetryOfAnOpeningKeepsTheFirstKey() {
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 11, 12));
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 51, 52));
        assertTrue(keys.isWalletKey(2, 11, 12));
        assertFalse(keys.isWalletKey(2, 51, 52));
    }

    @Test
    void everyOperatorKeyIsKnown() {
        assertFalse(keys.isOperatorKey(1, 2));
        apply(Commands.registerOperatorKey(1, Role.SYSTEM, 1, 2));
        apply(Commands.registerOperatorKey(2, Role.OPERATOR, 3, 4));
        apply(Commands.registerOperatorKey(3, Role.WALLET, 5, 6));
        assertTrue(keys.isOperatorKey(1, 2));
        assertTrue(keys.isOperatorKey(3, 4));
        assertFalse(keys.isOperatorKey(1, 4));
        assertFalse(keys.isOperatorKey(5, 6));
        assertFalse(keys.isWalletKey(1, 1, 2));
    }

    @Test
    void numbersThatAreNoWalletHaveNoKey() {
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 11, 12));
        for (long wallet : new long[] {
            0,
            -1,
            3,
            4096,
            65_536,
            Integer.MAX_VALUE,
            1L << 32,
            (1L << 32) + 2,
            (1L << 48) + 2,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 2
        }) {
            assertFalse(keys.isWalletKey(wallet, 11, 12), () -> "wallet " + wallet);
        }
    }

    @Test
    void theZeroHashIsNobodysKey() {
        apply(Commands.openWallet(1, Role.OPERATOR, "agent:a", 0, 0));
        apply(Commands.registerOperatorKey(2, Role.SYSTEM, 0, 0));
        assertFalse(keys.isWalletKey(1, 0, 0), "the platform's wallet has no key");
        assertFalse(keys.isWalletKey(2, 0, 0));
        assertFalse(keys.isWalletKey(3, 0, 0));
        assertFalse(keys.isOperatorKey(0, 0));
    }

    @Test
    void pagesGrowAndALoadedDirectoryKnowsTheSame() {
        int wallets = 70_000;
        apply(Commands.registerOperatorKey(1, Role.SYSTEM, 1, 2));
        for (int i = 0; i < wallets; i++) {
            apply(Commands.openWallet(10 + i, Role.OPERATOR, "agent:" + i, 1_000 + i, ~i));
        }
        LiveKeys loaded = new LiveKeys();
        loaded.load(processor);
        for (int i = 0; i < wallets; i++) {
            assertTrue(keys.isWalletKey(i + 2, 1_000 + i, ~i));
            assertTrue(loaded.isWalletKey(i + 2, 1_000 + i, ~i));
        }
        assertTrue(loaded.isOperatorKey(1, 2));
        assertFalse(loaded.isWalletKey(1, 0, 0));
        assertFalse(keys.isWalletKey(wallets + 2, 0, 0));
    }
}
