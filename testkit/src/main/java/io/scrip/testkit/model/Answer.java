package io.scrip.testkit.model;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A reply to a command as both sides give it. Of a batch it tells the whole message's outcome, and each item's in
 * {@code items}; those have no id, time or balances of their own. Who pays the fee is told of what was applied only.
 */
public record Answer(
        Id id,
        int templateId,
        long sequence,
        long timestampNs,
        Outcome outcome,
        boolean replayed,
        boolean dryRun,
        long eventSequence,
        long wallet,
        long amount,
        long fee,
        FeePayer feePayer,
        long expiresNs,
        long needed,
        long available,
        long limit,
        SpendingWindow window,
        long token,
        Balances from,
        Balances to,
        List<Answer> items) {

    /** Decodes the core's reply, with its header. */
    public static Answer decode(DirectBuffer reply, int offset) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, offset);
        return header.templateId() == BatchReplyDecoder.TEMPLATE_ID
                ? ofBatch(new BatchReplyDecoder().wrapAndApplyHeader(reply, offset, header))
                : ofOne(new CommandReplyDecoder().wrapAndApplyHeader(reply, offset, header));
    }

    private static Answer ofOne(CommandReplyDecoder reply) {
        boolean applied = reply.outcome() == Outcome.APPLIED && !reply.flags().replayed();
        return new Answer(
                new Id(reply.id().high(), reply.id().low()),
                reply.commandTemplateId(),
                reply.sequence(),
                reply.timestamp(),
                reply.outcome(),
                reply.flags().replayed(),
                reply.flags().dryRun(),
                reply.eventSequence(),
                reply.wallet(),
                reply.amount(),
                reply.fee(),
                applied ? reply.feePayer() : FeePayer.RECEIVER,
                reply.expiresAt(),
                reply.needed(),
                reply.available(),
                reply.limitValue(),
                reply.window(),
                reply.token(),
                Balances.of(reply.fromBalances()),
                Balances.of(reply.toBalances()),
                List.of());
    }

    private static Answer ofBatch(BatchReplyDecoder reply) {
        long sequence = reply.sequence();
        long timestampNs = reply.timestamp();
        Outcome outcome = reply.outcome();
        List<Answer> items = new ArrayList<>();
        for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
            items.add(item(
                    result.outcome(),
                    result.flags().replayed(),
                    result.eventSequence(),
                    result.wallet(),
                    result.amount(),
                    new long[] {result.needed(), result.available(), result.limitValue()},
                    result.window(),
                    result.token()));
        }
        return batch(sequence, timestampNs, outcome, items);
    }

    /** An answer without numbers. */
    static Answer plain(
            Id id,
            int templateId,
            long sequence,
            long timestampNs,
            Outcome outcome,
            boolean replayed,
            long eventSequence) {
        return new Answer(
                id,
                templateId,
                sequence,
                timestampNs,
                outcome,
                replayed,
                false,
                eventSequence,
                0,
                0,
                0,
                FeePayer.RECEIVER,
                0,
                0,
                0,
                0,
                SpendingWindow.NONE,
                0,
                Balances.NONE,
                Balances.NONE,
                List.of());
    }

    static Answer batch(long sequence, long timestampNs, Outcome outcome, List<Answer> items) {
        Answer whole = plain(Id.NONE, 0, sequence, timestampNs, outcome, false, 0);
        return whole.copy(whole.dryRun, 0, 0, new long[3], SpendingWindow.NONE, 0, items);
    }

    Answer asDryRun() {
        return copy(true, wallet, amount, new long[] {needed, available, limit}, window, token, items);
    }

    /** The same with a refusal's numbers. */
    Answer with(long itsWallet, long[] numbers, SpendingWindow itsWindow, long itsToken) {
        return copy(dryRun, itsWallet, amount, numbers, itsWindow, itsToken, items);
    }

    /** What a batch's answer tells of an item. */
    Answer asItem() {
        return item(
                outcome, replayed, eventSequence, wallet, amount, new long[] {needed, available, limit}, window, token);
    }

    private static Answer item(
            Outcome outcome,
            boolean replayed,
            long eventSequence,
            long wallet,
            long amount,
            long[] numbers,
            SpendingWindow window,
            long token) {
        return plain(Id.NONE, 0, 0, 0, outcome, replayed, eventSequence)
                .copy(false, wallet, amount, numbers, window, token, List.of());
    }

    private Answer copy(
            boolean itsDryRun,
            long itsWallet,
            long itsAmount,
            long[] numbers,
            SpendingWindow itsWindow,
            long itsToken,
            List<Answer> itsItems) {
        return new Answer(
                id,
                templateId,
                sequence,
                timestampNs,
                outcome,
                replayed,
                itsDryRun,
                eventSequence,
                itsWallet,
                itsAmount,
                fee,
                feePayer,
                expiresNs,
                numbers[0],
                numbers[1],
                numbers[2],
                itsWindow,
                itsToken,
                from,
                to,
                itsItems);
    }
}
