package io.scrip.testkit.sim;

import io.scrip.ledger.Retention;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.testkit.Checker;
import io.scrip.testkit.Mismatch;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Messages;
import io.scrip.testkit.workload.Profile;
import io.scrip.testkit.workload.Workload;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One seed's workload, and the model that decides it: what the simulator knows of the ledger. Events come batch by
 * batch here, and the model is asked command by command. One thread.
 */
final class Referee {
    /** Of both kinds of events: behind the event's own sequence. */
    private static final int COMMAND_SEQUENCE = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;

    private record Event(long eventSequence, long commandSequence, UnsafeBuffer bytes) {}

    private final Profile profile;
    private final NaiveLedger model;
    private final Checker checker;
    private final Workload workload;
    private final Messages messages = new Messages();
    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Id> ids = new ArrayList<>();

    Referee(long seed) {
        profile = Profile.of(seed);
        model = new NaiveLedger(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        checker = new Checker(model);
        workload = new Workload(seed, model);
    }

    /** What the core must be made with. */
    Retention retention() {
        return new Retention(profile.windowNs(), profile.maxIds(), profile.segmentIds());
    }

    /** First reading of the clock. */
    long startNs() {
        return profile.startNs();
    }

    /** The clock's next reading, which may be an earlier one. */
    long clock(long nowNs) {
        return workload.clock(nowNs, model.nextDeadlineNs());
    }

    /** When the model's next deadline passes; the largest long without any. */
    long nextDeadlineNs() {
        return model.nextDeadlineNs();
    }

    /** The next command of the workload, now and then one that is malformed. */
    DirectBuffer next() {
        return workload.next();
    }

    /** A dry run of a transfer. */
    DirectBuffer dryRun() {
        return workload.dryRun();
    }

    /** A command that only lets time pass. */
    DirectBuffer tick() {
        return messages.tick();
    }

    /** Takes an event of the core; each once, in order. */
    void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        byte[] copy = new byte[length];
        event.getBytes(offset, copy);
        long commandSequence = event.getLong(offset + COMMAND_SEQUENCE, ByteOrder.LITTLE_ENDIAN);
        events.add(new Event(eventSequence, commandSequence, new UnsafeBuffer(copy)));
    }

    /** Decides a journaled command and compares its events, and its reply unless that is null. */
    void decide(long sequence, long timestampNs, DirectBuffer command, DirectBuffer reply) {
        while (!events.isEmpty() && events.peek().commandSequence() <= sequence) {
            Event event = events.poll();
            checker.onEvent(
                    event.eventSequence(), event.bytes(), 0, event.bytes().capacity());
        }
        checker.check(command, sequence, timestampNs, reply);
        workload.observe(model.facts());
        if (command.capacity() >= MessageHeaderDecoder.ENCODED_LENGTH + 2 * Long.BYTES) {
            ids.add(NaiveLedger.idOf(command, 0));
        }
    }

    /** No event may be left over once everything that was applied has been decided. */
    void checkSettled() {
        if (!events.isEmpty()) {
            throw new Mismatch("an event of a command that nobody sent: sequence "
                    + events.peek().commandSequence());
        }
    }

    /** Compares the answer to a dry run, as of the last command decided. */
    void checkDryRun(DirectBuffer command, DirectBuffer reply) {
        checker.checkDryRun(command, reply);
    }

    /** Asks the core for everything there is to ask and compares. */
    void compareAll(UnaryOperator<DirectBuffer> core) {
        checker.compareAll(core, ids);
        ids.clear();
    }
}
