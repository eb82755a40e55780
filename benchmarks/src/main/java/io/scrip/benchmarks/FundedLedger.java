package io.scrip.benchmarks;

import io.scrip.engine.Journal;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import org.agrona.concurrent.UnsafeBuffer;

/** Opens one token and many wallets, all with the same funds. */
final class FundedLedger {
    static final long CRD = 'C' | 'R' << 8 | 'D' << 16;
    static final long FUNDS = 1_000_000_000L;

    /** The platform's wallet is number 1. */
    private static final long FIRST_WALLET = 2;

    private static final long ID_HIGH = 0x5C21_0000_0000_0000L;

    private final LedgerProcessor processor;
    /** null without any. */
    private final Journal journal;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenWalletEncoder openWallet = new OpenWalletEncoder();
    private final IssueEncoder issue = new IssueEncoder();
    private long ids;

    FundedLedger(LedgerProcessor processor) {
        this(processor, null);
    }

    private FundedLedger(LedgerProcessor processor, Journal journal) {
        this.processor = processor;
        this.journal = journal;
    }

    static void open(LedgerProcessor processor, int wallets) {
        open(new FundedLedger(processor), processor, wallets);
    }

    /** The same with every command in a journal that was empty. */
    static void open(LedgerProcessor processor, Journal journal, int wallets) {
        open(new FundedLedger(processor, journal), processor, wallets);
        journal.force();
    }

    private static void open(FundedLedger ledger, LedgerProcessor processor, int wallets) {
        ledger.registerToken();
        for (int i = 0; i < wallets; i++) {
            ledger.openWallet(i);
            ledger.issue(wallet(i));
        }
        if (processor.lastEventSequence() != 1 + 2L * wallets) {
            throw new IllegalStateException("the ledger could not be opened");
        }
    }

    /** Number of the wallet with an index from 0. */
    static long wallet(int index) {
        return FIRST_WALLET + index;
    }

    void registerToken() {
        RegisterTokenEncoder encoder = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.id().high(ID_HIGH).low(++ids);
        encoder.caller().role(Role.OPERATOR).wallet(0);
        encoder.token(CRD).scale((short) 6).transferable((short) 1);
        apply(encoder.encodedLength());
    }

    void openWallet(int index) {
        openWallet.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(++ids);
        openWallet.caller().role(Role.OPERATOR).wallet(0);
        openWallet.keyHashHigh(1).keyHashLow(index + 1L).owner("agent:" + index);
        apply(openWallet.encodedLength());
    }

    void issue(long wallet) {
        // Fields that are not named here, terms among them, are zero: plain value.
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        issue.wrapAndApplyHeader(buffer, 0, header).id().high(ID_HIGH).low(++ids);
        issue.caller().role(Role.OPERATOR).wallet(0);
        issue.to(wallet).token(CRD).amount(FUNDS).reference("").metadata("");
        apply(issue.encodedLength());
    }

    private void apply(int bodyBytes) {
        long next = processor.lastSequence() + 1;
        int lengthBytes = MessageHeaderEncoder.ENCODED_LENGTH + bodyBytes;
        if (journal != null) {
            journal.append(next, next, buffer, 0, lengthBytes);
        }
        processor.onCommand(next, next, buffer, 0, lengthBytes, CommandReplySink.NONE);
    }
}
