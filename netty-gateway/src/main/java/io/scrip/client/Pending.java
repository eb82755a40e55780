package io.scrip.client;

import java.util.concurrent.CompletableFuture;
import org.agrona.DirectBuffer;

/** A request whose answer has not come. Made on any thread, then the client's thread's alone. */
final class Pending<T> {
    final Message message;
    final CompletableFuture<T> future = new CompletableFuture<>();
    final long deadlineNs;
    /** Whether it is one command that may be sent as an item of a batch. */
    final boolean isItem;
    /** Whether it has been sent, so that it may have been decided. */
    boolean isSent;
    /** Whether it must not be put together with others, because the server did not take it so. */
    boolean isAlone;

    private final Reading<T> reading;

    /** Makes an answer of a reply; {@code null} when that is no reply to such a request. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Decoders decoders, int templateId, DirectBuffer reply, int offset);
    }

    Pending(Message message, boolean isItem, long deadlineNs, Reading<T> reading) {
        this.message = message;
        this.isItem = isItem;
        this.deadlineNs = deadlineNs;
        this.reading = reading;
    }

    boolean isDone() {
        return future.isDone();
    }

    /** Whether the reply was one to this request. */
    boolean answer(Decoders decoders, int templateId, DirectBuffer reply, int offset) {
        T answer = reading.read(decoders, templateId, reply, offset);
        return answer != null && (future.complete(answer) || future.isDone());
    }

    /** Completes an item of a batch. */
    @SuppressWarnings("unchecked") // only requests for a Result are items
    void answer(Result result) {
        ((CompletableFuture<Result>) future).complete(result);
    }

    void fail(ScripException.Reason reason, String why) {
        future.completeExceptionally(new ScripException(reason, why));
    }

    /** Why it has no answer, when it gets none any more. */
    void giveUp(String why) {
        if (isSent) {
            fail(ScripException.Reason.OUTCOME_UNKNOWN, why + " The request was sent: ask again with its id.");
        } else {
            fail(ScripException.Reason.NOT_SENT, why + " The request was not sent.");
        }
    }
}
