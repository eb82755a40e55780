package io.scrip.ledger;

import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.BatchReplyEncoder;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import org.agrona.ExpandableArrayBuffer;

/** Encodes the replies to commands. */
final class ReplyWriter {
    private final LedgerState state;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandReplyEncoder reply = new CommandReplyEncoder();
    private final BatchReplyEncoder batchReply = new BatchReplyEncoder();

    ReplyWriter(LedgerState state) {
        this.state = state;
    }

    void writeDecision(Decision decision, long idHigh, long idLow, int templateId, CommandReplySink sink) {
        reply.wrapAndApplyHeader(buffer, 0, header).id().high(idHigh).low(idLow);
        reply.outcome(decision.outcome);
        reply.flags().clear().replayed(decision.replayed).dryRun(decision.dryRun);
        reply.commandTemplateId(templateId)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs)
                .eventSequence(decision.eventSequence)
                .wallet(decision.wallet)
                .amount(decision.amount)
                .needed(decision.needed)
                .available(decision.available)
                .limitValue(decision.limit);
        boolean moved = decision.outcome == Outcome.APPLIED && decision.fromAccount >= 0 && !decision.replayed;
        long pending = moved && decision.dryRun ? decision.amount : 0;
        writeBalances(reply.fromBalances(), moved ? decision.fromAccount : Accounts.UNTOUCHED, pending, 0);
        writeBalances(reply.toBalances(), moved ? decision.toAccount : Accounts.UNTOUCHED, 0, pending);
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + reply.encodedLength());
    }

    void writeRefusal(Outcome outcome, long idHigh, long idLow, int templateId, CommandReplySink sink) {
        reply.wrapAndApplyHeader(buffer, 0, header).id().high(idHigh).low(idLow);
        reply.outcome(outcome).flags().clear();
        reply.commandTemplateId(templateId)
                .sequence(state.lastSequence)
                .timestamp(state.lastTimestampNs)
                .eventSequence(0)
                .wallet(0)
                .amount(0)
                .needed(0)
                .available(0)
                .limitValue(0);
        writeBalances(reply.fromBalances(), Accounts.UNTOUCHED, 0, 0);
        writeBalances(reply.toBalances(), Accounts.UNTOUCHED, 0, 0);
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + reply.encodedLength());
    }

    void writeBatch(Decision decision, BatchResults results, CommandReplySink sink) {
        batchReply
                .wrapAndApplyHeader(buffer, 0, header)
                .outcome(Outcome.APPLIED)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        BatchReplyEncoder.ResultsEncoder group = batchReply.resultsCount(results.count());
        for (int i = 0; i < results.count(); i++) {
            group.next().outcome(results.outcome(i));
            group.flags().clear().replayed(results.isReplayed(i));
            group.eventSequence(results.eventSequence(i))
                    .amount(results.amount(i))
                    .needed(results.needed(i))
                    .available(results.available(i))
                    .limitValue(results.limit(i));
        }
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + batchReply.encodedLength());
    }

    /** The account as it is, or as a dry run says it would be. */
    private void writeBalances(BalancesEncoder encoder, int account, long debitMore, long creditMore) {
        EventWriter.encodeBalances(encoder, state.accounts, account);
        if (debitMore != 0 || creditMore != 0) {
            encoder.debitsPosted(state.accounts.debitsPosted(account) + debitMore)
                    .creditsPosted(state.accounts.creditsPosted(account) + creditMore)
                    .version(state.accounts.version(account) + 1);
        }
    }
}
