package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the results of a batch together, item by item: what was decided now from the reply, what was decided before from
 * the event log. One instance belongs to one event loop.
 */
final class BatchAnswers {
    private static final int OK = 200;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BatchReplyDecoder reply = new BatchReplyDecoder();
    private final BatchDecoder batch = new BatchDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer item = new UnsafeBuffer(0, 0);
    private final JsonOut json = new JsonOut();

    /** A batch whose results are being gathered. */
    private static final class Gathering {
        final Exchange exchange;
        final ByteBuf[] results;
        int missing;
        int replayed;
        StoredOutcomes.Trouble trouble;

        Gathering(Exchange exchange, int count) {
            this.exchange = exchange;
            this.results = new ByteBuf[count];
        }
    }

    /** Begins an answer; it is sent when the last result is there. */
    void begin(Exchange exchange, DirectBuffer buffer, int offset) {
        reply.wrapAndApplyHeader(buffer, offset, header);
        if (reply.outcome() != Outcome.APPLIED) {
            throw new IllegalStateException("the core calls a batch " + reply.outcome());
        }
        long sequence = reply.sequence();
        long timestampNs = reply.timestamp();
        command.wrap(exchange.command);
        BatchDecoder.ItemsDecoder items =
                batch.wrapAndApplyHeader(command, 0, header).items();
        BatchReplyDecoder.ResultsDecoder results = reply.results();
        Gathering gathering = new Gathering(exchange, results.count());
        // Held until every item has been looked at, so that no early answer ends it.
        gathering.missing = 1;
        for (int i = 0; results.hasNext(); i++) {
            results.next();
            items.next().wrapCommand(item);
            transfer.wrapAndApplyHeader(item, 0, header);
            if (results.flags().replayed()) {
                gathering.replayed++;
                fetch(gathering, i, results.eventSequence());
            } else if (results.outcome() == Outcome.IDEMPOTENCY_CONFLICT) {
                compare(gathering, i, results.eventSequence());
            } else {
                gathering.results[i] = decided(exchange, results, sequence, timestampNs);
            }
        }
        arrived(gathering);
    }

    private ByteBuf decided(
            Exchange exchange, BatchReplyDecoder.ResultsDecoder result, long sequence, long timestampNs) {
        ByteBuf out = Unpooled.buffer(512);
        json.to(out);
        long from = transfer.from();
        int scale = exchange.loop.services().scales().scaleOf(transfer.token());
        Outcome outcome = OutcomeStatus.visible(result.outcome(), exchange.viewer.owns(from));
        if (outcome == Outcome.APPLIED) {
            TransferJson shape = exchange.loop.transferJson().clear();
            shape.id(transfer.id().high(), transfer.id().low())
                    .parties(from, transfer.to())
                    .token(transfer.token(), scale)
                    .amount(result.amount(), 0)
                    .decidedAt(sequence, timestampNs);
            TransferDecoder.ConditionsDecoder conditions = transfer.conditions();
            while (conditions.hasNext()) {
                conditions.next();
            }
            String reference = transfer.reference();
            shape.texts(reference, transfer.metadata()).writeAsBatchItem(json);
            return out;
        }
        boolean onVersion = outcome == Outcome.CONDITION_FAILED
                && FailedCondition.isOnVersion(transfer, result.available(), result.limitValue());
        OutcomeProblem.Numbers numbers = new OutcomeProblem.Numbers(
                onVersion ? OutcomeProblem.PLAIN_NUMBERS : scale,
                result.needed(),
                result.available(),
                result.limitValue(),
                result.wallet(),
                result.window());
        OutcomeProblem.writeItem(
                json,
                OutcomeStatus.of(outcome),
                numbers,
                transfer.id().high(),
                transfer.id().low());
        return out;
    }

    private void fetch(Gathering gathering, int index, long eventSequence) {
        gathering.missing++;
        Exchange exchange = gathering.exchange;
        StoredOutcomes.Answer answer = Deferred.answer(
                exchange,
                (status, body) -> {
                    gathering.results[index] = body;
                    arrived(gathering);
                },
                trouble -> failed(gathering, trouble));
        exchange.loop
                .services()
                .outcomes()
                .renderOutcome(eventSequence, exchange.viewer, StoredOutcomes.Form.BATCH_ITEM, answer);
    }

    private void compare(Gathering gathering, int index, long eventSequence) {
        gathering.missing++;
        Exchange exchange = gathering.exchange;
        long idHigh = transfer.id().high();
        long idLow = transfer.id().low();
        StoredOutcomes.Comparison comparison = new StoredOutcomes.Comparison() {
            @Override
            public void onCompared(boolean sameCaller, String field) {
                gathering.results[index] = conflict(sameCaller, field, idHigh, idLow);
                arrived(gathering);
            }

            @Override
            public void onTrouble(StoredOutcomes.Trouble trouble) {
                failed(gathering, trouble);
            }
        };
        exchange.loop
                .services()
                .outcomes()
                .compareWithFirst(eventSequence, item, 0, item.capacity(), Deferred.comparison(exchange, comparison));
    }

    private void failed(Gathering gathering, StoredOutcomes.Trouble trouble) {
        gathering.trouble = trouble;
        arrived(gathering);
    }

    private ByteBuf conflict(boolean sameCaller, String field, long idHigh, long idLow) {
        ByteBuf out = Unpooled.buffer(256);
        json.to(out);
        if (sameCaller) {
            OutcomeProblem.writeConflictItem(json, field, idHigh, idLow);
        } else {
            OutcomeProblem.writeGatewayItem(
                    json, ProblemKind.FOREIGN_ID, CommandAnswers.FOREIGN_ID_DETAIL, idHigh, idLow);
        }
        return out;
    }

    private void arrived(Gathering gathering) {
        if (--gathering.missing > 0) {
            return;
        }
        Exchange exchange = gathering.exchange;
        if (gathering.trouble != null) {
            release(gathering);
            Deferred.explain(exchange, gathering.trouble);
            return;
        }
        Responses responses = exchange.loop.responses();
        JsonOut out = responses.begin();
        out.beginObject().name("results").beginArray();
        for (ByteBuf result : gathering.results) {
            out.raw(result.toString(StandardCharsets.UTF_8));
        }
        out.endArray().endObject();
        if (gathering.replayed == gathering.results.length) {
            responses.header(CommandAnswers.REPLAYED_HEADER, "true");
        }
        release(gathering);
        responses.send(exchange, OK);
    }

    private static void release(Gathering gathering) {
        for (ByteBuf result : gathering.results) {
            if (result != null) {
                result.release();
            }
        }
    }
}
