package io.scrip.gateway.http;

import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.HoldScales;
import io.scrip.gateway.request.Original;
import io.scrip.protocol.GetOutcomeEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.OutcomeReplyDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A request is about what earlier commands did, and its own command has to say more of that than the request does: asks
 * the ledger where the outcomes of those ids stand, reads them in the event log, then handles the request again. When
 * the one id it is about is forgotten, the request's own id is tried: decided before, its record tells the same.
 */
final class Lookup implements Endpoint {
    /** Queries under way at once: enough to go fast, too few to fill the ring. */
    private static final int WINDOW = 64;

    private final Dispatcher dispatcher;
    private final Endpoint interrupted;
    private final byte[] body;
    private final HoldScales.Id[] subjects;
    private final Map<HoldScales.Id, HoldScales.Id> ownIds;
    private final Map<HoldScales.Id, Integer> places = new HashMap<>();
    private final long[] eventSequences;
    private final Reading reading;
    private int next;
    private int open;

    /** What is done when it is known where everything stands; 0 where nothing does. */
    @FunctionalInterface
    private interface Reading {
        void read(Exchange exchange, Lookup lookup);
    }

    private Lookup(
            Dispatcher dispatcher,
            Exchange exchange,
            byte[] body,
            Map<HoldScales.Id, HoldScales.Id> subjectsAndOwnIds,
            Reading reading) {
        this.dispatcher = dispatcher;
        this.body = body;
        this.reading = reading;
        interrupted = exchange.endpoint;
        ownIds = subjectsAndOwnIds;
        subjects = subjectsAndOwnIds.keySet().toArray(new HoldScales.Id[0]);
        eventSequences = new long[subjects.length];
    }

    /** Finds out in what tokens some holds are. */
    static void holds(
            Dispatcher dispatcher,
            Exchange exchange,
            byte[] body,
            int length,
            Map<HoldScales.Id, HoldScales.Id> holds) {
        new Lookup(dispatcher, exchange, Arrays.copyOf(body, length), holds, Lookup::readScales).begin(exchange);
    }

    /** Finds what is to be given back. */
    static void original(
            Dispatcher dispatcher,
            Exchange exchange,
            byte[] body,
            int length,
            ReverseEndpoint.UnknownOriginal unknown) {
        CommandId id = unknown.original();
        Map<HoldScales.Id, HoldScales.Id> wanted = Map.of(id(id), id(unknown.command()));
        Reading reading = (asker, lookup) -> lookup.readOriginal(asker, id);
        new Lookup(dispatcher, exchange, Arrays.copyOf(body, length), wanted, reading).begin(exchange);
    }

    private static HoldScales.Id id(CommandId id) {
        return new HoldScales.Id(id.high(), id.low());
    }

    private void begin(Exchange exchange) {
        exchange.endpoint = this;
        while (next < subjects.length && next < WINDOW && !exchange.isAnswered()) {
            askNext(exchange);
        }
    }

    private void askNext(Exchange exchange) {
        places.put(subjects[next], next);
        ask(exchange, subjects[next++]);
    }

    private void ask(Exchange exchange, HoldScales.Id id) {
        open++;
        MutableDirectBuffer buffer = exchange.loop.command().blank(GetOutcomeEncoder.BLOCK_LENGTH);
        GetOutcomeEncoder query = new GetOutcomeEncoder();
        query.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        query.id().high(id.high()).low(id.low());
        Viewer viewer = exchange.viewer;
        query.caller().role(viewer.role()).wallet(viewer.wallet());
        exchange.loop.submit(exchange, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + query.encodedLength());
    }

    @Override
    public void handle(Exchange exchange, byte[] ignored, int length) {
        throw new IllegalStateException("a lookup is begun, not handled");
    }

    @Override
    public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
        if (exchange.isAnswered()) {
            // Some of the questions were not accepted, or not answered in time.
            return;
        }
        if (templateId != OutcomeReplyDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("the core refused to say where an outcome stands");
        }
        open--;
        OutcomeReplyDecoder found = new OutcomeReplyDecoder();
        found.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
        HoldScales.Id asked = new HoldScales.Id(found.id().high(), found.id().low());
        int place = places.remove(asked);
        HoldScales.Id own = ownIds.get(subjects[place]);
        boolean isOwnLeft = subjects.length == 1 && asked.equals(subjects[place]) && !asked.equals(own);
        if (found.eventSequence() == 0 && isOwnLeft) {
            places.put(own, place);
            ask(exchange, own);
            return;
        }
        eventSequences[place] = found.eventSequence();
        if (next < subjects.length) {
            askNext(exchange);
        } else if (open == 0) {
            reading.read(exchange, this);
        }
    }

    /** Handles the request again, with what has been found. */
    private void resume(Exchange exchange) {
        exchange.endpoint = interrupted;
        dispatcher.handle(exchange, body, body.length);
    }

    private void readScales(Exchange exchange) {
        int[] found = new int[subjects.length];
        int count = 0;
        long[] standing = new long[subjects.length];
        for (int i = 0; i < subjects.length; i++) {
            if (eventSequences[i] != 0) {
                found[count] = i;
                standing[count++] = eventSequences[i];
            }
        }
        int known = count;
        StoredOutcomes.ScalesAnswer answer = new StoredOutcomes.ScalesAnswer() {
            @Override
            public void onScales(int[] scales) {
                exchange.loop.later(() -> {
                    HoldScales holds = new HoldScales();
                    for (HoldScales.Id subject : subjects) {
                        holds.found(subject, HoldScales.NONE);
                    }
                    for (int i = 0; i < known; i++) {
                        holds.found(subjects[found[i]], scales[i]);
                    }
                    exchange.holds = holds;
                    resume(exchange);
                });
            }

            @Override
            public void onTrouble(StoredOutcomes.Trouble trouble) {
                exchange.loop.later(() -> Deferred.explain(exchange, trouble));
            }
        };
        exchange.loop.services().outcomes().scales(Arrays.copyOf(standing, count), answer);
    }

    private static void readScales(Exchange exchange, Lookup lookup) {
        lookup.readScales(exchange);
    }

    private void readOriginal(Exchange exchange, CommandId id) {
        if (eventSequences[0] == 0) {
            QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_TRANSFER);
            return;
        }
        StoredOutcomes.OriginalAnswer answer = new StoredOutcomes.OriginalAnswer() {
            @Override
            public void onOriginal(Original original) {
                exchange.loop.later(() -> {
                    if (original == null) {
                        OutcomeStatus row = OutcomeStatus.of(Outcome.ORIGINAL_MISMATCH);
                        exchange.loop.responses().refusal(exchange, row, OutcomeProblem.Numbers.NONE);
                        return;
                    }
                    exchange.original = original;
                    resume(exchange);
                });
            }

            @Override
            public void onTrouble(StoredOutcomes.Trouble trouble) {
                exchange.loop.later(() -> Deferred.explain(exchange, trouble));
            }
        };
        exchange.loop.services().outcomes().original(eventSequences[0], id, exchange.viewer, answer);
    }
}
