package io.scrip.gateway.binary;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.Inquiry;
import io.scrip.gateway.history.StoredOutcome;
import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.OutcomeReplyEncoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.SettingsReplyDecoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes answers of the core's replies: what the caller may see, and for what was decided earlier the numbers of then,
 * from the event log. One instance belongs to one loop.
 */
final class Answers {
    private static final Logger LOGGER = System.getLogger(Answers.class.getName());
    /** Events that one turn of a history thread reads. */
    private static final int EVENTS_PER_TURN = 512;

    private final BinaryLoop loop;
    private final CallerView view = new CallerView();

    Answers(BinaryLoop loop) {
        this.loop = loop;
    }

    /** Answers one command. */
    void command(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        requireTemplate(CommandReplyDecoder.TEMPLATE_ID, templateId);
        if (StoredNumbers.isWanted(ReplyPlaces.OF_COMMAND, reply, offset + ReplyPlaces.COMMAND_AT)) {
            readFirst(request, copy(reply, offset, length), this::sendCommand);
        } else {
            UnsafeBuffer answer = request.session.append(request.number, reply, offset, length);
            view.command(answer, request.message, request.message.capacity(), request.viewer);
            loop.finish(request);
        }
    }

    private void sendCommand(Request request, UnsafeBuffer reply) {
        view.command(reply, request.message, request.message.capacity(), request.viewer);
        request.session.append(request.number, reply, 0, reply.capacity());
        loop.finish(request);
    }

    /** Answers a batch. */
    void batch(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        requireTemplate(BatchReplyDecoder.TEMPLATE_ID, templateId);
        int items = ReplyPlaces.results(reply, offset);
        for (int i = 0; i < items; i++) {
            if (StoredNumbers.isWanted(ReplyPlaces.OF_ITEM, reply, offset + ReplyPlaces.resultAt(i))) {
                readFirst(request, copy(reply, offset, length), this::sendBatch);
                return;
            }
        }
        viewItems(request, request.session.append(request.number, reply, offset, length));
        loop.finish(request);
    }

    private void sendBatch(Request request, UnsafeBuffer reply) {
        viewItems(request, reply);
        request.session.append(request.number, reply, 0, reply.capacity());
        loop.finish(request);
    }

    private void viewItems(Request request, UnsafeBuffer reply) {
        int items = ReplyPlaces.results(reply, 0);
        int at = CommandCheck.firstItemAt();
        for (int i = 0; i < items; i++) {
            int commandBytes = CommandCheck.commandBytes(request.message, at);
            int commandAt = at + CommandCheck.itemHeadBytes();
            view.item(reply, ReplyPlaces.resultAt(i), request.message, commandAt, commandBytes);
            at = commandAt + commandBytes;
        }
    }

    /** Answers a query, whose reply the core has made for its caller. */
    void query(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        UnsafeBuffer answer = request.session.append(request.number, reply, offset, length);
        if (templateId == SettingsReplyDecoder.TEMPLATE_ID) {
            view.settings(answer, request.viewer);
        }
        loop.finish(request);
    }

    /** Answers GetOutcome: where it stands, for those who may know of it; to all others it is not there. */
    void outcome(Request request, int templateId, DirectBuffer reply, int offset, int length) {
        requireTemplate(OutcomeReplyDecoder.TEMPLATE_ID, templateId);
        UnsafeBuffer copy = copy(reply, offset, length);
        long eventSequence = new OutcomeReplyDecoder()
                .wrapAndApplyHeader(copy, 0, new MessageHeaderDecoder())
                .eventSequence();
        if (eventSequence == 0 || request.viewer.readsAll()) {
            sendOutcome(request, copy, eventSequence != 0);
            return;
        }
        ask(
                request,
                callback -> loop.services().history().outcome(eventSequence, callback),
                (StoredOutcome outcome) -> sendOutcome(request, copy, outcome.isFor(request.viewer)),
                failed -> unread(request, failed, ProblemCode.OUTCOME_UNKNOWN, "The event log could not be read."));
    }

    /** Answers what needs an event that cannot be read; one that has been pruned will not be there later, either. */
    void unread(Request request, RuntimeException cause, ProblemCode otherwise, String detail) {
        if (cause instanceof PrunedHistory) {
            loop.problem(
                    request,
                    ProblemCode.HISTORY_PRUNED,
                    "The id was used before, but the operator has pruned the record of its outcome.");
        } else {
            loop.problem(request, otherwise, detail);
        }
    }

    private void sendOutcome(Request request, UnsafeBuffer reply, boolean visible) {
        if (!visible) {
            new OutcomeReplyEncoder()
                    .wrap(reply, ReplyPlaces.COMMAND_AT)
                    .eventSequence(0)
                    .holdStatus(HoldStatus.NONE)
                    .holdLeft(0)
                    .expiresAt(0)
                    .reversed(0);
        }
        request.session.append(request.number, reply, 0, reply.capacity());
        loop.finish(request);
    }

    /** What is done with a reply on the loop. */
    @FunctionalInterface
    private interface Sending {
        void send(Request request, UnsafeBuffer reply);
    }

    /** Reads what was answered first; what cannot be read any more is sent without its numbers. */
    private void readFirst(Request request, UnsafeBuffer reply, Sending sending) {
        FirstNumbers numbers = new FirstNumbers(reply, request.viewer);
        ask(
                request,
                callback -> loop.services().history().ask(numbers, callback),
                (UnsafeBuffer filled) -> sending.send(request, filled),
                failed -> {
                    numbers.withholdRest();
                    sending.send(request, reply);
                });
    }

    /** The numbers of all places of one reply, some events at a time. */
    private static final class FirstNumbers implements Inquiry<UnsafeBuffer> {
        private final UnsafeBuffer reply;
        private final StoredNumbers numbers;
        private final boolean batch;
        private final int count;
        private int next;

        FirstNumbers(UnsafeBuffer reply, Viewer viewer) {
            this.reply = reply;
            numbers = new StoredNumbers(reply, viewer);
            batch = MessageShape.templateId(reply, 0) == BatchReplyDecoder.TEMPLATE_ID;
            count = batch ? ReplyPlaces.results(reply, 0) : 1;
        }

        @Override
        public UnsafeBuffer advance(EventLog.Reader reader) {
            for (int read = 0; next < count && read < EVENTS_PER_TURN; next++) {
                if (StoredNumbers.isWanted(places(), reply, at())) {
                    numbers.read(reader, places(), at());
                    read++;
                }
            }
            return next < count ? null : reply;
        }

        void withholdRest() {
            for (; next < count; next++) {
                StoredNumbers.withhold(reply, places(), at());
            }
        }

        private ReplyPlaces places() {
            return batch ? ReplyPlaces.OF_ITEM : ReplyPlaces.OF_COMMAND;
        }

        private int at() {
            return batch ? ReplyPlaces.resultAt(next) : ReplyPlaces.COMMAND_AT;
        }
    }

    /** A question to the event log. */
    @FunctionalInterface
    interface Question<T> {
        /** False when too many are waiting. */
        boolean ask(History.Callback<T> callback);
    }

    /** Asks the event log and goes on with the answer on the loop, if somebody still waits for it. */
    <T> void ask(Request request, Question<T> question, Consumer<T> onResult, Consumer<RuntimeException> onFailure) {
        long correlationId = request.correlationId();
        boolean asked = question.ask(new History.Callback<T>() {
            @Override
            public void onResult(T result) {
                loop.later(correlationId, () -> onResult.accept(result));
            }

            @Override
            public void onFailure(RuntimeException cause) {
                if (!(cause instanceof PrunedHistory)) {
                    LOGGER.log(Level.WARNING, "the event log could not be read: {0}", cause.toString());
                }
                loop.later(correlationId, () -> onFailure.accept(cause));
            }
        });
        if (!asked) {
            loop.problem(request, ProblemCode.OVERLOADED, "Too many wait to read history. Send it again with its id.");
        }
    }

    static UnsafeBuffer copy(DirectBuffer reply, int offset, int length) {
        UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
        copy.putBytes(0, reply, offset, length);
        return copy;
    }

    private static void requireTemplate(int wanted, int templateId) {
        if (templateId != wanted) {
            throw new IllegalStateException("a reply of template " + templateId + " and not " + wanted);
        }
    }
}
