package io.scrip.ledger;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.WalletReplyDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core on its own with a journal in memory, for tests: applies commands, keeps events and decodes replies. */
final class TestLedger {
    record Recorded(long sequence, long timestampNs, DirectBuffer command) {}

    /** The reply to a command, decoded. */
    record Answer(
            Outcome outcome,
            boolean replayed,
            long eventSequence,
            long wallet,
            long amount,
            long needed,
            long available,
            long limit) {}

    final List<Recorded> journal = new ArrayList<>();
    final List<DirectBuffer> events = new ArrayList<>();
    private static final int MOST_RESTARTS = 100;

    private final Retention retention;
    LedgerProcessor processor;
    private DirectBuffer reply;
    private long timestampNs = 1_700_000_000_000_000_000L;

    TestLedger() {
        this(Retention.STANDARD);
    }

    TestLedger(Retention retention) {
        this.retention = retention;
        processor = new LedgerProcessor(retention, this::onEvent);
    }

    private void onEvent(long sequence, DirectBuffer buffer, int offset, int length) {
        if (sequence != events.size() + 1) {
            throw new IllegalStateException("event " + sequence + " after " + events.size());
        }
        events.add(copy(buffer, offset, length));
    }

    /** Goes on with a core that was read from a snapshot of this one. */
    void restart() {
        try {
            processor = LedgerProcessor.readFrom(SnapshotRecords.of(processor).source(), retention, this::onEvent);
        } catch (SnapshotException e) {
            throw new AssertionError(e);
        }
    }

    /** A ledger with token CRD and the given wallets (numbers from 2), each holding what it is said to. */
    static TestLedger withWallets(long... balances) {
        TestLedger ledger = new TestLedger();
        ledger.expect(Outcome.APPLIED, Commands.registerToken(1, "CRD", 6, true));
        for (int i = 0; i < balances.length; i++) {
            ledger.expect(Outcome.APPLIED, Commands.openWallet(100 + i, Role.OPERATOR, "agent:w" + i, 7, i + 1));
            if (balances[i] > 0) {
                ledger.expect(
                        Outcome.APPLIED,
                        Commands.issue(200 + i, Role.OPERATOR, i + 2, Commands.token("CRD"), balances[i]));
            }
        }
        return ledger;
    }

    void advanceNs(long ns) {
        timestampNs += ns;
    }

    long nextTimestampNs() {
        return timestampNs + 1;
    }

    long lastTimestampNs() {
        return timestampNs;
    }

    /** Applies a command at an exact time, which must be later than the last command's. */
    DirectBuffer applyAt(long ns, DirectBuffer command) {
        timestampNs = ns - 1;
        return apply(command);
    }

    DirectBuffer apply(DirectBuffer command) {
        timestampNs++;
        journal.add(new Recorded(processor.lastSequence() + 1, timestampNs, command));
        reply = null;
        processor.onCommand(processor.lastSequence() + 1, timestampNs, command, 0, command.capacity(), this::keep);
        return reply;
    }

    /** The first command with this id, as it came. */
    DirectBuffer commandOf(long[] id) {
        for (Recorded record : journal) {
            DirectBuffer command = record.command();
            if (command.getLong(MessageShape.ID_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN) == id[0]
                    && command.getLong(MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN) == id[1]) {
                return command;
            }
        }
        throw new IllegalArgumentException("no command has this id");
    }

    DirectBuffer query(DirectBuffer query) {
        reply = null;
        processor.onQuery(query, 0, query.capacity(), this::keep);
        return reply;
    }

    Answer answer(DirectBuffer command) {
        return decode(apply(command));
    }

    void expect(Outcome outcome, DirectBuffer command) {
        Answer answer = answer(command);
        if (answer.outcome() != outcome) {
            throw new AssertionError("expected " + outcome + " but got " + answer);
        }
    }

    static Answer decode(DirectBuffer bytes) {
        CommandReplyDecoder decoder =
                new CommandReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        return new Answer(
                decoder.outcome(),
                decoder.flags().replayed(),
                decoder.eventSequence(),
                decoder.wallet(),
                decoder.amount(),
                decoder.needed(),
                decoder.available(),
                decoder.limitValue());
    }

    List<Answer> batch(DirectBuffer command) {
        BatchReplyDecoder decoder =
                new BatchReplyDecoder().wrapAndApplyHeader(apply(command), 0, new MessageHeaderDecoder());
        List<Answer> answers = new ArrayList<>();
        for (BatchReplyDecoder.ResultsDecoder result : decoder.results()) {
            answers.add(new Answer(
                    result.outcome(),
                    result.flags().replayed(),
                    result.eventSequence(),
                    0,
                    result.amount(),
                    result.needed(),
                    result.available(),
                    result.limitValue()));
        }
        return answers;
    }

    /** Posted balance of a wallet per token code. */
    Map<Long, Long> balances(long wallet) {
        DirectBuffer bytes = query(Commands.getWallet(Role.OPERATOR, 0, wallet));
        WalletReplyDecoder decoder = new WalletReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        Map<Long, Long> balances = new HashMap<>();
        for (WalletReplyDecoder.AccountsDecoder account : decoder.accounts()) {
            balances.put(
                    account.token(),
                    account.balances().creditsPosted() - account.balances().debitsPosted());
        }
        return balances;
    }

    long balance(long wallet) {
        return balances(wallet).get(Commands.token("CRD"));
    }

    /** Applies the journal to a core that is restarted from snapshots on the way: nothing may differ. */
    void checkRestarts() {
        TestLedger other = new TestLedger(retention);
        int stride = journal.size() / MOST_RESTARTS + 1;
        for (Recorded record : journal) {
            if (record.sequence() % stride == 0) {
                other.restart();
            }
            other.processor.onCommand(
                    record.sequence(),
                    record.timestampNs(),
                    record.command(),
                    0,
                    record.command().capacity(),
                    CommandReplySink.NONE);
        }
        boolean same = other.events.equals(events)
                && SnapshotRecords.of(other.processor).equals(SnapshotRecords.of(processor));
        if (!same) {
            throw new AssertionError("a restart from a snapshot made a difference");
        }
    }

    /** A second core that has applied the same journal. */
    TestLedger replayed(Retention retention) {
        TestLedger copy = new TestLedger(retention);
        for (Recorded record : journal) {
            copy.processor.onCommand(
                    record.sequence(),
                    record.timestampNs(),
                    record.command(),
                    0,
                    record.command().capacity(),
                    CommandReplySink.NONE);
        }
        return copy;
    }

    private void keep(DirectBuffer buffer, int offset, int length) {
        reply = copy(buffer, offset, length);
    }

    static DirectBuffer copy(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }
}
