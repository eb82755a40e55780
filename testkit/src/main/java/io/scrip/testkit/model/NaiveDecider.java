package io.scrip.testkit.model;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** Decides commands and the items of batches: what was decided before, what becomes of a chain, what is remembered. */
final class NaiveDecider {
    private final NaiveBooks books;
    private final NaiveIds ids;
    private final NaiveOperations operations;
    private final NaiveDeadlines deadlines;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    NaiveDecider(NaiveBooks books, NaiveIds ids, NaiveOperations operations, NaiveDeadlines deadlines) {
        this.books = books;
        this.ids = ids;
        this.operations = operations;
        this.deadlines = deadlines;
    }

    /** What a dry run of a transfer would say now. */
    Answer project(DirectBuffer command) {
        int mark = books.mark();
        Movement movement = new Movement(NaiveLedger.idOf(command, 0), command.capacity());
        movement.event = books.lastEvent + 1;
        try {
            operations.apply(command, 0, movement);
            return applied(movement, TransferDecoder.TEMPLATE_ID);
        } catch (Refusal refusal) {
            return refused(refusal, movement, TransferDecoder.TEMPLATE_ID);
        } finally {
            books.rollback(mark);
        }
    }

    Answer decide(DirectBuffer command, int offset, int length) {
        Id id = NaiveLedger.idOf(command, offset);
        int templateId = header.wrap(command, offset).templateId();
        ByteBuffer content = contentOf(command, offset, length);
        Answer known = known(id, templateId, content);
        if (known != null) {
            return known;
        }
        int mark = books.mark();
        Movement movement = new Movement(id, length);
        movement.event = books.lastEvent + 1;
        Answer answer;
        try {
            operations.apply(command, offset, movement);
            answer = applied(movement, templateId);
        } catch (Refusal refusal) {
            books.rollback(mark);
            answer = refused(refusal, movement, templateId);
        }
        if (books.lastEvent < movement.event) {
            books.decided(id, answer, length);
        }
        ids.remember(id, new NaiveIds.Known(content, answer.outcome(), answer.eventSequence()), books);
        // What was given back may have expired while it was held.
        deadlines.keep();
        return answer;
    }

    /** The answer to an id that was decided before, or may have been; null when it is new. */
    private Answer known(Id id, int templateId, ByteBuffer content) {
        NaiveIds.Known known = ids.find(id);
        if (known != null) {
            boolean same = known.content().equals(content);
            Outcome outcome = same ? known.outcome() : Outcome.IDEMPOTENCY_CONFLICT;
            return answer(id, templateId, outcome, same, known.eventSequence());
        }
        // A hold outlives the memory of its id; another must not take its name meanwhile.
        if (ids.isTooOld(id) || books.hold(id) != null) {
            return answer(id, templateId, Outcome.ID_TOO_OLD, false, 0);
        }
        if (NaiveIds.isInFuture(id, books.timestampNs)) {
            return answer(id, templateId, Outcome.ID_IN_FUTURE, false, 0);
        }
        return null;
    }

    private record Item(int offset, int length, boolean linked) {}

    /** One answer for each item. */
    List<Answer> batch(DirectBuffer buffer) {
        List<Item> items = new ArrayList<>();
        BatchDecoder batch = new BatchDecoder().wrapAndApplyHeader(buffer, 0, header);
        for (BatchDecoder.ItemsDecoder item : batch.items()) {
            boolean linked = item.flags().linked();
            int length = item.commandLength();
            items.add(new Item(batch.limit() + BatchDecoder.ItemsDecoder.commandHeaderLength(), length, linked));
            item.skipCommand();
        }
        List<Answer> answers = new ArrayList<>();
        int first = 0;
        while (first < items.size()) {
            int last = first;
            while (last < items.size() - 1 && items.get(last).linked()) {
                last++;
            }
            List<Item> chain = items.subList(first, last + 1);
            if (chain.size() == 1 && !chain.get(0).linked()) {
                answers.add(decide(buffer, chain.get(0).offset(), chain.get(0).length())
                        .asItem());
            } else {
                answers.addAll(chain(buffer, chain));
            }
            first = last + 1;
        }
        return answers;
    }

    /** All items are applied or none; of a failed chain each item is remembered with what became of it. */
    private List<Answer> chain(DirectBuffer buffer, List<Item> chain) {
        List<Answer> answers = new ArrayList<>();
        int mark = books.mark();
        int last = chain.size() - 1;
        if (chain.get(last).linked()) {
            return failed(buffer, chain, last, answer(Id.NONE, 0, Outcome.CHAIN_OPEN, false, 0));
        }
        for (int i = 0; i <= last; i++) {
            Answer answer = decide(buffer, chain.get(i).offset(), chain.get(i).length());
            answers.add(answer.asItem());
            if (answer.outcome() != Outcome.APPLIED) {
                books.rollback(mark);
                return failed(buffer, chain, i, answer);
            }
        }
        return answers;
    }

    private List<Answer> failed(DirectBuffer buffer, List<Item> chain, int failed, Answer failure) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            Answer answer = i == failed ? failure : answer(Id.NONE, 0, Outcome.LINKED_FAILED, false, 0);
            answers.add(refuse(buffer, chain.get(i), answer).asItem());
        }
        return answers;
    }

    /** Remembers an item of a failed chain, unless its id is known or may not be remembered. */
    private Answer refuse(DirectBuffer buffer, Item item, Answer refusal) {
        Id id = NaiveLedger.idOf(buffer, item.offset());
        ByteBuffer content = contentOf(buffer, item.offset(), item.length());
        Answer known = known(id, 0, content);
        if (known != null) {
            return known;
        }
        Answer answer = answer(id, 0, refusal.outcome(), false, books.lastEvent + 1)
                .with(
                        refusal.wallet(),
                        new long[] {refusal.needed(), refusal.available(), refusal.limit()},
                        refusal.window(),
                        refusal.token());
        books.decided(id, answer, item.length());
        ids.remember(id, new NaiveIds.Known(content, answer.outcome(), answer.eventSequence()), books);
        return answer;
    }

    private Answer applied(Movement movement, int templateId) {
        return new Answer(
                movement.id,
                templateId,
                books.sequence,
                books.timestampNs,
                Outcome.APPLIED,
                false,
                movement.dryRun,
                movement.dryRun ? 0 : movement.event,
                movement.wallet,
                movement.amount.longValueExact(),
                movement.fee.longValueExact(),
                movement.feePayer,
                movement.moves ? movement.expiresNs : 0,
                0,
                0,
                0,
                SpendingWindow.NONE,
                movement.token,
                movement.moves ? books.balances(movement.from) : Balances.NONE,
                movement.moves ? books.balances(movement.to) : Balances.NONE,
                List.of());
    }

    private Answer refused(Refusal refusal, Movement movement, int templateId) {
        long event = movement.dryRun ? 0 : movement.event;
        Answer answer = answer(movement.id, templateId, refusal.outcome, false, event);
        return (movement.dryRun ? answer.asDryRun() : answer)
                .with(
                        refusal.wallet == 0 ? movement.wallet : refusal.wallet,
                        new long[] {refusal.needed, refusal.available, refusal.limit},
                        refusal.window,
                        movement.token);
    }

    Answer answer(Id id, int templateId, Outcome outcome, boolean replayed, long eventSequence) {
        return Answer.plain(id, templateId, books.sequence, books.timestampNs, outcome, replayed, eventSequence);
    }

    /** What a retry must repeat: all but the hash of a new wallet's key, which each try makes anew. */
    private ByteBuffer contentOf(DirectBuffer command, int offset, int length) {
        byte[] content = new byte[length];
        command.getBytes(offset, content);
        if (header.wrap(command, offset).templateId() == OpenWalletDecoder.TEMPLATE_ID) {
            int key = MessageHeaderDecoder.ENCODED_LENGTH + OpenWalletDecoder.keyHashHighEncodingOffset();
            Arrays.fill(content, key, key + 2 * Long.BYTES, (byte) 0);
        }
        return ByteBuffer.wrap(content);
    }
}
