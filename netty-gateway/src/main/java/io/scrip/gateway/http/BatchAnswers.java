package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.http.StoredOutcomes.Item;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.BatchReplyDecoder.ResultsDecoder;
import io.scrip.protocol.Id128Decoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the results of a batch together, item by item: plain transfers that were decided now from the reply, everything
 * else from the event log, all of it at once. One instance belongs to one event loop.
 */
final class BatchAnswers {
    private static final int OK = 200;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BatchReplyDecoder reply = new BatchReplyDecoder();
    private final BatchDecoder batch = new BatchDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final Id128Decoder id = new Id128Decoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer item = new UnsafeBuffer(0, 0);
    private final JsonOut json = new JsonOut();

    /** A batch whose results are being gathered. */
    private static final class Gathering {
        final Exchange exchange;
        final ByteBuf[] results;
        /** What has to be read, and which results it is. */
        final List<Item> stored = new ArrayList<>();

        final List<Integer> places = new ArrayList<>();
        int replayed;

        Gathering(Exchange exchange, int count) {
            this.exchange = exchange;
            this.results = new ByteBuf[count];
        }

        void store(int index, long eventSequence, DirectBuffer conflicting) {
            stored.add(new Item(eventSequence, conflicting));
            places.add(index);
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
        ResultsDecoder results = reply.results();
        Gathering gathering = new Gathering(exchange, results.count());
        for (int i = 0; results.hasNext(); i++) {
            results.next();
            items.next().wrapCommand(item);
            if (results.flags().replayed()) {
                gathering.replayed++;
                gathering.store(i, results.eventSequence(), null);
            } else if (results.outcome() == Outcome.IDEMPOTENCY_CONFLICT) {
                gathering.store(i, results.eventSequence(), copyOfItem());
            } else if (isPlain(results.outcome())) {
                gathering.results[i] = decided(exchange, results, sequence, timestampNs);
            } else if (results.eventSequence() != 0) {
                gathering.store(i, results.eventSequence(), null);
            } else {
                gathering.results[i] = notRemembered(results.outcome());
            }
        }
        if (gathering.stored.isEmpty()) {
            send(gathering);
        } else {
            read(gathering);
        }
    }

    private UnsafeBuffer copyOfItem() {
        byte[] bytes = new byte[item.capacity()];
        item.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** Whether the item is a transfer whose result needs no more than the reply says. */
    private boolean isPlain(Outcome outcome) {
        header.wrap(item, 0);
        if (header.templateId() != TransferDecoder.TEMPLATE_ID) {
            return false;
        }
        transfer.wrapAndApplyHeader(item, 0, header);
        return outcome != Outcome.APPLIED || (transfer.kind() == TransferKind.PLAIN && transfer.timeoutNs() == 0);
    }

    private ByteBuf decided(Exchange exchange, ResultsDecoder result, long sequence, long timestampNs) {
        ByteBuf out = Unpooled.buffer(512);
        json.to(out);
        long from = transfer.from();
        int scale = exchange.loop.services().scales().scaleOf(transfer.token());
        Outcome outcome = OutcomeStatus.visible(result.outcome(), exchange.viewer.owns(from));
        if (outcome == Outcome.APPLIED) {
            TransferJson shape = exchange.loop.transferJson().clear();
            shape.id(transfer.id().high(), transfer.id().low())
                    .parties(from, transfer.to())
                    .accounts(transfer.fromAccount(), transfer.toAccount())
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

    private ByteBuf notRemembered(Outcome outcome) {
        ByteBuf out = Unpooled.buffer(256);
        id.wrap(item, MessageHeaderDecoder.ENCODED_LENGTH);
        OutcomeProblem.writeItem(
                json.to(out), OutcomeStatus.of(outcome), OutcomeProblem.Numbers.NONE, id.high(), id.low());
        return out;
    }

    private static void read(Gathering gathering) {
        Exchange exchange = gathering.exchange;
        StoredOutcomes.ItemsAnswer answer = new StoredOutcomes.ItemsAnswer() {
            @Override
            public void onItems(List<ByteBuf> bodies) {
                exchange.loop.later(() -> {
                    for (int i = 0; i < bodies.size(); i++) {
                        gathering.results[gathering.places.get(i)] = bodies.get(i);
                    }
                    send(gathering);
                });
            }

            @Override
            public void onTrouble(StoredOutcomes.Trouble trouble) {
                exchange.loop.later(() -> {
                    release(gathering);
                    if (trouble == StoredOutcomes.Trouble.PRUNED) {
                        Deferred.explainDecided(exchange, trouble);
                    } else {
                        unknown(exchange);
                    }
                });
            }
        };
        exchange.loop.services().outcomes().renderItems(gathering.stored, exchange.viewer, answer);
    }

    /** The batch has been decided; that its results cannot be read does not make it refused. */
    private static void unknown(Exchange exchange) {
        exchange.loop
                .responses()
                .problem(
                        exchange,
                        ProblemKind.OUTCOME_UNKNOWN,
                        "The batch was decided, but its results cannot be read now. Send it again.",
                        null);
    }

    private static void send(Gathering gathering) {
        Exchange exchange = gathering.exchange;
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
