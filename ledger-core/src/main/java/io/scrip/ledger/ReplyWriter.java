package io.scrip.ledger;

import io.scrip.protocol.BatchReplyEncoder;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
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

    void writeDecision(Decision decision, int templateId, CommandReplySink sink) {
        reply.wrapAndApplyHeader(buffer, 0, header).id().high(decision.idHigh).low(decision.idLow);
        reply.outcome(decision.outcome);
        reply.flags().clear().replayed(decision.replayed).dryRun(decision.dryRun);
        boolean moved = decision.hasMovement && !decision.replayed;
        reply.commandTemplateId(templateId)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs)
                .eventSequence(decision.eventSequence)
                .wallet(decision.wallet)
                .amount(moved ? decision.amount : 0)
                .fee(moved ? decision.fee : 0)
                .feePayer(decision.feePayer)
                .expiresAt(moved ? decision.expiresNs : 0)
                .needed(decision.needed)
                .available(decision.available)
                .limitValue(decision.limit)
                .window(decision.window)
                .token(decision.token);
        int from = moved ? decision.from.row : Accounts.UNTOUCHED;
        int to = moved ? decision.to.row : Accounts.UNTOUCHED;
        EventWriter.encodeBalances(reply.fromBalances(), state, from);
        EventWriter.encodeBalances(reply.toBalances(), state, to);
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
                .fee(0)
                .feePayer(FeePayer.RECEIVER)
                .expiresAt(0)
                .needed(0)
                .available(0)
                .limitValue(0)
                .window(SpendingWindow.NONE)
                .token(0);
        EventWriter.encodeBalances(reply.fromBalances(), state, Accounts.UNTOUCHED);
        EventWriter.encodeBalances(reply.toBalances(), state, Accounts.UNTOUCHED);
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
                    .limitValue(results.limit(i))
                    .wallet(results.wallet(i))
                    .window(results.window(i))
                    .token(results.token(i))
                    .fee(results.fee(i))
                    .expiresAt(results.expiresNs(i));
        }
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + batchReply.encodedLength());
    }
}
