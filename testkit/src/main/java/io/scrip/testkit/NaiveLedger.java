package io.scrip.testkit;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The ledger as the specification tells it, in maps and big integers: an oracle for the real core, with which it
 * shares nothing but the message codecs. One thread. Commands come in journal order with their journal times.
 */
class NaiveLedger {
    /** Resolved holds whose ids are forgotten go this many at a time, one lot with each command. */
    private static final int HOLDS_FORGOTTEN_AT_ONCE = 64;

    final NaiveBooks books = new NaiveBooks();
    private final NaiveIds ids;
    private final NaiveTransfers transfers = new NaiveTransfers(books);
    private final NaiveHolds holds = new NaiveHolds(books);
    private final NaiveSettings settings = new NaiveSettings(books);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    NaiveLedger(long windowNs, long maxIds, long segmentIds) {
        ids = new NaiveIds(windowNs, maxIds, segmentIds);
    }

    static boolean isOperator(Role role) {
        return role == Role.OPERATOR || role == Role.SYSTEM;
    }

    /** Decides one command: one answer, or one per item of a batch. Its events are then in {@code books.facts}. */
    List<Answer> apply(long sequence, long timestampNs, DirectBuffer command, boolean wellFormed) {
        books.beginCommand(sequence, timestampNs);
        ids.advance(timestampNs);
        forgetHolds();
        holds.expireDue();
        if (!wellFormed) {
            return List.of(answer(Outcome.MALFORMED, false, 0));
        }
        return switch (header.wrap(command, 0).templateId()) {
            case TickDecoder.TEMPLATE_ID -> List.of(answer(Outcome.APPLIED, false, 0));
            case BatchDecoder.TEMPLATE_ID -> batch(command);
            default -> List.of(decide(command, 0, command.capacity()));
        };
    }

    /** What a dry run of a transfer would say now; changes nothing. */
    Answer dryRun(DirectBuffer command) {
        books.beginCommand(books.sequence, books.timestampNs);
        Movement movement = new Movement(idOf(command, 0), command.capacity());
        try {
            transfers.transfer(new TransferDecoder().wrapAndApplyHeader(command, 0, header), movement);
        } catch (Refusal refusal) {
            return refused(refusal, 0, true);
        }
        return applied(movement, 0);
    }

    Balances balances(AccountKey key) {
        return books.balances(key);
    }

    /** When the next hold expires; the largest long without any. */
    long nextDeadlineNs() {
        NaiveHold first = holds.first();
        return first == null ? Long.MAX_VALUE : first.expiresNs();
    }

    /** Event sequence of the first record of a remembered id; 0 when it is not remembered. */
    long rememberedEvent(Id id) {
        NaiveIds.Known known = ids.find(id);
        return known == null ? 0 : known.eventSequence();
    }

    private void forgetHolds() {
        Iterator<NaiveHold> oldest = books.resolved.values().iterator();
        for (int i = 0; i < HOLDS_FORGOTTEN_AT_ONCE && oldest.hasNext(); i++) {
            if (oldest.next().resolvedEvent() > ids.forgottenEvent()) {
                return;
            }
            oldest.remove();
        }
    }

    private Answer decide(DirectBuffer command, int offset, int length) {
        Id id = idOf(command, offset);
        ByteBuffer content = contentOf(command, offset, length);
        Answer known = known(id, content, command, offset);
        if (known != null) {
            return known;
        }
        int mark = books.mark();
        long eventBefore = books.lastEvent;
        Movement movement = new Movement(id, length);
        Answer answer;
        try {
            operate(command, offset, movement);
            answer = applied(movement, eventBefore + 1);
        } catch (Refusal refusal) {
            books.rollback(mark);
            answer = refused(refusal, eventBefore + 1, false);
        }
        if (books.lastEvent == eventBefore) {
            books.decided(id, answer, length);
        }
        ids.remember(id, new NaiveIds.Known(content, answer.outcome(), answer.eventSequence()), books);
        return answer;
    }

    /** The answer to an id that was decided before, or may have been; null when it is new. */
    private Answer known(Id id, ByteBuffer content, DirectBuffer command, int offset) {
        NaiveIds.Known known = ids.find(id);
        if (known != null) {
            boolean same = known.content().equals(content);
            return answer(same ? known.outcome() : Outcome.IDEMPOTENCY_CONFLICT, same, known.eventSequence());
        }
        if (ids.isTooOld(id)) {
            return answer(Outcome.ID_TOO_OLD, false, 0);
        }
        if (NaiveIds.isInFuture(id, books.timestampNs)) {
            return answer(Outcome.ID_IN_FUTURE, false, 0);
        }
        // A hold outlives the memory of its id; another must not take its name meanwhile.
        NaiveHold hold = books.hold(id);
        boolean takes = header.wrap(command, offset).templateId() == TransferDecoder.TEMPLATE_ID
                && new TransferDecoder()
                                .wrapAndApplyHeader(command, offset, header)
                                .timeoutNs()
                        != 0;
        if (hold != null && takes) {
            long event = hold.resolvedEvent() == 0 ? hold.createdEvent() : hold.resolvedEvent();
            return answer(Outcome.IDEMPOTENCY_CONFLICT, false, event);
        }
        return null;
    }

    private void operate(DirectBuffer buffer, int offset, Movement movement) {
        switch (header.wrap(buffer, offset).templateId()) {
            case TransferDecoder.TEMPLATE_ID ->
                transfers.transfer(new TransferDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case MultiTransferDecoder.TEMPLATE_ID ->
                transfers.multiTransfer(
                        new MultiTransferDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case IssueDecoder.TEMPLATE_ID ->
                transfers.issue(new IssueDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ReverseDecoder.TEMPLATE_ID ->
                transfers.reverse(new ReverseDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case PostHoldDecoder.TEMPLATE_ID ->
                holds.post(new PostHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case VoidHoldDecoder.TEMPLATE_ID ->
                holds.voidHold(new VoidHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ExtendHoldDecoder.TEMPLATE_ID ->
                holds.extend(new ExtendHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case OpenWalletDecoder.TEMPLATE_ID ->
                settings.openWallet(new OpenWalletDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case RegisterTokenDecoder.TEMPLATE_ID ->
                settings.registerToken(new RegisterTokenDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RegisterOperatorKeyDecoder.TEMPLATE_ID ->
                settings.registerOperatorKey(
                        new RegisterOperatorKeyDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SetBoundsDecoder.TEMPLATE_ID ->
                settings.setBounds(new SetBoundsDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ChangeStatusDecoder.TEMPLATE_ID ->
                settings.changeStatus(new ChangeStatusDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case SetFeeDecoder.TEMPLATE_ID ->
                settings.setFee(new SetFeeDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            default -> throw new IllegalArgumentException("the model does not know template " + header.templateId());
        }
    }

    private record Item(int offset, int length, boolean linked) {}

    private List<Answer> batch(DirectBuffer buffer) {
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
        Answer failure = null;
        int failed = chain.size() - 1;
        if (chain.get(failed).linked()) {
            failure = answer(Outcome.CHAIN_OPEN, false, 0);
        }
        for (int i = 0; i < chain.size() && failure == null; i++) {
            Answer answer = decide(buffer, chain.get(i).offset(), chain.get(i).length());
            answers.add(answer.asItem());
            if (answer.outcome() != Outcome.APPLIED) {
                failure = answer;
                failed = i;
            }
        }
        if (failure == null) {
            return answers;
        }
        books.rollback(mark);
        answers.clear();
        for (int i = 0; i < chain.size(); i++) {
            Answer answer = i == failed ? failure : answer(Outcome.LINKED_FAILED, false, 0);
            answers.add(refuse(buffer, chain.get(i), answer).asItem());
        }
        return answers;
    }

    private Answer refuse(DirectBuffer buffer, Item item, Answer refusal) {
        Id id = idOf(buffer, item.offset());
        ByteBuffer content = contentOf(buffer, item.offset(), item.length());
        Answer known = known(id, content, buffer, item.offset());
        if (known != null) {
            return known;
        }
        Answer answer = new Answer(
                refusal.outcome(),
                false,
                false,
                books.lastEvent + 1,
                0,
                0,
                0,
                FeePayer.RECEIVER,
                0,
                refusal.needed(),
                refusal.available(),
                refusal.limit(),
                Balances.NONE,
                Balances.NONE);
        books.decided(id, answer, item.length());
        ids.remember(id, new NaiveIds.Known(content, answer.outcome(), answer.eventSequence()), books);
        return answer;
    }

    private Answer applied(Movement movement, long eventSequence) {
        boolean projected = movement.dryRun;
        return new Answer(
                Outcome.APPLIED,
                false,
                movement.dryRun,
                movement.dryRun ? 0 : eventSequence,
                movement.wallet,
                movement.amount.longValueExact(),
                movement.fee.longValueExact(),
                movement.feePayer,
                movement.expiresNs,
                0,
                0,
                0,
                !movement.moves ? Balances.NONE : projected ? movement.projectedFrom : balances(movement.from),
                !movement.moves ? Balances.NONE : projected ? movement.projectedTo : balances(movement.to));
    }

    private static Answer refused(Refusal refusal, long eventSequence, boolean dryRun) {
        return new Answer(
                refusal.outcome,
                false,
                dryRun,
                dryRun ? 0 : eventSequence,
                refusal.wallet,
                0,
                0,
                FeePayer.RECEIVER,
                0,
                refusal.needed,
                refusal.available,
                refusal.limit,
                Balances.NONE,
                Balances.NONE);
    }

    private static Answer answer(Outcome outcome, boolean replayed, long eventSequence) {
        return new Answer(
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
                Balances.NONE,
                Balances.NONE);
    }

    static Id idOf(DirectBuffer command, int offset) {
        int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        return new Id(
                command.getLong(at, ByteOrder.LITTLE_ENDIAN),
                command.getLong(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN));
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
