package io.scrip.engine;

import io.scrip.ledger.LedgerProcessor;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.DirectBuffer;

/**
 * The key directory, kept up with the core's events by one writer; read without locks. Wallet keys lie in pages by
 * wallet number, two longs each, so that a look-up costs no search and no object.
 */
public final class LiveKeys implements KeyDirectory {
    private static final int PAGE_WALLETS_LOG2 = 12;
    private static final int PAGE_WALLETS = 1 << PAGE_WALLETS_LOG2;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final OpenWalletDecoder openWallet = new OpenWalletDecoder();
    private final RegisterOperatorKeyDecoder operatorKey = new RegisterOperatorKeyDecoder();
    private volatile AtomicLongArray[] pages = new AtomicLongArray[16];
    private volatile long[] operatorKeys = new long[0];

    /** Takes over everything a recovered core knows; before any other thread looks. */
    public void load(LedgerProcessor processor) {
        processor.forEachKey(this::add);
    }

    /** Looks at an event for a new key. Writer's thread only. */
    public void onEvent(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        if (header.templateId() != DecisionEventDecoder.TEMPLATE_ID) {
            return;
        }
        decision.wrapAndApplyHeader(event, offset, header);
        if (decision.outcome() != Outcome.APPLIED) {
            return;
        }
        int command = decision.limit() + DecisionEventDecoder.commandHeaderLength();
        header.wrap(event, command);
        if (header.templateId() == OpenWalletDecoder.TEMPLATE_ID) {
            openWallet.wrapAndApplyHeader(event, command, header);
            add(decision.wallet(), openWallet.keyHashHigh(), openWallet.keyHashLow());
        } else if (header.templateId() == RegisterOperatorKeyDecoder.TEMPLATE_ID) {
            operatorKey.wrapAndApplyHeader(event, command, header);
            add(0, operatorKey.keyHashHigh(), operatorKey.keyHashLow());
        }
    }

    @Override
    public boolean isWalletKey(long wallet, long keyHashHigh, long keyHashLow) {
        if (wallet < 1 || wallet > Integer.MAX_VALUE) {
            return false;
        }
        int page = (int) (wallet >>> PAGE_WALLETS_LOG2);
        AtomicLongArray[] current = pages;
        if (page >= current.length || current[page] == null) {
            return false;
        }
        int at = ((int) wallet & (PAGE_WALLETS - 1)) * 2;
        long high = current[page].get(at);
        long low = current[page].get(at + 1);
        // A wallet without a key has zeros, which no SHA-256 prefix that anybody knows equals.
        long difference = (high ^ keyHashHigh) | (low ^ keyHashLow);
        return difference == 0 && (high | low) != 0;
    }

    @Override
    public boolean isOperatorKey(long keyHashHigh, long keyHashLow) {
        long[] keys = operatorKeys;
        boolean found = false;
        for (int i = 0; i < keys.length; i += 2) {
            long difference = (keys[i] ^ keyHashHigh) | (keys[i + 1] ^ keyHashLow);
            found |= difference == 0;
        }
        return found && (keyHashHigh | keyHashLow) != 0;
    }

    private void add(long wallet, long keyHashHigh, long keyHashLow) {
        if (wallet == 0) {
            long[] more = Arrays.copyOf(operatorKeys, operatorKeys.length + 2);
            more[more.length - 2] = keyHashHigh;
            more[more.length - 1] = keyHashLow;
            operatorKeys = more;
            return;
        }
        int page = (int) (wallet >>> PAGE_WALLETS_LOG2);
        AtomicLongArray[] current = pages;
        if (page >= current.length || current[page] == null) {
            AtomicLongArray[] more = Arrays.copyOf(current, Math.max(current.length, Integer.highestOneBit(page) * 2));
            more[page] = new AtomicLongArray(PAGE_WALLETS * 2);
            current = more;
            pages = more;
        }
        int at = ((int) wallet & (PAGE_WALLETS - 1)) * 2;
        current[page].set(at, keyHashHigh);
        current[page].set(at + 1, keyHashLow);
    }
}
