package io.scrip.gateway.ws;

import io.scrip.engine.CommandPort;
import io.scrip.engine.EventListener;
import io.scrip.engine.EventLog;
import io.scrip.engine.ReplySink;
import io.scrip.gateway.history.ArrayEventLog;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.IssueEncoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.OpenWalletEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The real core with its event log in memory, behind one lock instead of a ring. Wallets are numbered from 2. */
final class LedgerRig implements CommandPort {
    static final long CRD = TokenCodes.parse("CRD");

    final ArrayEventLog log = new ArrayEventLog();
    private final LedgerProcessor processor = new LedgerProcessor(Retention.STANDARD, log::append);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private EventListener listener = eventSequence -> {};
    private long lastId;

    /** A ledger with so many wallets, each of which has a million of the smallest units. */
    LedgerRig(int wallets) {
        RegisterTokenEncoder token = new RegisterTokenEncoder().wrapAndApplyHeader(buffer, 0, header);
        token.id().high(1).low(++lastId);
        token.caller().role(Role.SYSTEM).wallet(0);
        token.token(CRD).scale((short) 6).transferable((short) 1);
        apply(token.encodedLength());
        for (int i = 0; i < wallets; i++) {
            OpenWalletEncoder open = new OpenWalletEncoder().wrapAndApplyHeader(buffer, 0, header);
            open.id().high(1).low(++lastId);
            open.caller().role(Role.OPERATOR).wallet(0);
            open.keyHashHigh(i).keyHashLow(i).owner("agent:w" + i);
            apply(open.encodedLength());
            IssueEncoder issue = new IssueEncoder().wrapAndApplyHeader(buffer, 0, header);
            issue.id().high(1).low(++lastId);
            issue.caller().role(Role.OPERATOR).wallet(0);
            issue.to(i + 2L).token(CRD).amount(1_000_000);
            issue.terms()
                    .category(LotCategory.PLAIN)
                    .priority((short) 0)
                    .effectiveAt(0)
                    .expiresAt(0)
                    .convertibleFrom(0);
            issue.reference("").metadata("");
            apply(issue.encodedLength());
        }
    }

    synchronized void listen(EventListener eventListener) {
        listener = eventListener;
    }

    synchronized void transfer(long from, long to, long amount, String reference) {
        TransferEncoder transfer = new TransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        transfer.id().high(1).low(++lastId);
        transfer.caller().role(Role.WALLET).wallet(from);
        transfer.from(from).to(to).token(CRD).amount(amount).applyBefore(0);
        transfer.flags().clear();
        transfer.kind(TransferKind.PLAIN).fromAccount(0).toAccount(0).timeoutNs(0);
        transfer.conditionsCount(0);
        transfer.reference(reference).metadata("");
        apply(transfer.encodedLength());
    }

    private void apply(int encodedLength) {
        long sequence = processor.lastSequence() + 1;
        int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        processor.onCommand(sequence, 1_800_000_000_000_000_000L + sequence, buffer, 0, length, CommandReplySink.NONE);
        listener.onEventsVisible(processor.lastEventSequence());
    }

    @Override
    public synchronized boolean offer(
            DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        processor.onQuery(message, offset, length, (reply, at, bytes) -> sink.onReply(correlationId, reply, at, bytes));
        sink.onBatchEnd();
        return true;
    }

    @Override
    public String refusalCause() {
        return null;
    }

    /** Sequences of all legs of a wallet from an event on, found by reading everything. */
    List<Long> legsOf(long wallet, long fromEventSequence) {
        List<Long> sequences = new ArrayList<>();
        LegEventDecoder leg = new LegEventDecoder();
        MessageHeaderDecoder decoder = new MessageHeaderDecoder();
        try (EventLog.Reader reader = log.openReader()) {
            reader.readRange(fromEventSequence, log.lastEventSequence(), (sequence, event, offset, length) -> {
                if (decoder.wrap(event, offset).templateId() == LegEventDecoder.TEMPLATE_ID) {
                    leg.wrapAndApplyHeader(event, offset, decoder);
                    if (leg.from() == wallet || leg.to() == wallet) {
                        sequences.add(sequence);
                    }
                }
            });
        }
        return sequences;
    }
}
