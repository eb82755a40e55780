package io.scrip.testkit;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.Outcome;
import io.scrip.testkit.model.Answer;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Messages;
import io.scrip.testkit.workload.Profile;
import io.scrip.testkit.workload.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Runs one seed's commands through the core and through the model, without storage, clients or crashes: every reply,
 * every event and every balance must be the same, and a replay must give the same state. One thread, used once.
 */
public final class Comparison {
    private static final int COMPARE_ALL_EVERY = 500;
    private static final int DRY_RUN_ONE_IN = 20;

    private record Recorded(long sequence, long timestampNs, DirectBuffer command) {}

    private final long seed;
    private final Workload workload;
    private final Retention retention;
    private final NaiveLedger model;
    private final Checker checker;
    private final LedgerProcessor core;
    private final CommandReplySink sink;
    private final List<Recorded> journal = new ArrayList<>();
    private final List<Id> ids = new ArrayList<>();
    private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    private DirectBuffer reply;
    private DirectBuffer command;
    private long nowNs;
    private int step;

    public Comparison(long seed) {
        this.seed = seed;
        Profile profile = Profile.of(seed);
        retention = new Retention(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        model = new NaiveLedger(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        workload = new Workload(seed, model);
        checker = new Checker(model);
        core = new LedgerProcessor(retention, checker::onEvent);
        sink = (buffer, offset, length) -> reply = Messages.copy(buffer, offset, length);
        nowNs = profile.startNs();
    }

    /**
     * Runs so many commands.
     *
     * @return how often each outcome came up
     * @throws Mismatch saying seed, step and command in words, what was expected and what came
     */
    public Map<Outcome, Integer> run(int operations) {
        try {
            for (step = 1; step <= operations; step++) {
                runStep();
                if (step % COMPARE_ALL_EVERY == 0 || step == operations) {
                    checker.compareAll(this::ask, ids);
                    ids.clear();
                }
            }
            compareReplay();
            return seen;
        } catch (RuntimeException difference) {
            String what = difference instanceof Mismatch ? difference.getMessage() : difference.toString();
            throw new Mismatch(
                    "seed " + seed + ", step " + step + ": " + InWords.of(command) + "\n" + what, difference);
        }
    }

    private void runStep() {
        if (step % DRY_RUN_ONE_IN == 0) {
            command = workload.dryRun();
            checker.checkDryRun(command, ask(command));
        }
        nowNs = workload.clock(nowNs, model.nextDeadlineNs());
        command = workload.next();
        long timestampNs = Math.max(nowNs, core.lastTimestampNs() + 1);
        long sequence = core.lastSequence() + 1;
        core.onCommand(sequence, timestampNs, command, 0, command.capacity(), sink);
        journal.add(new Recorded(sequence, timestampNs, command));
        see(checker.check(command, sequence, timestampNs, reply));
        workload.observe(model.facts());
        ids.add(NaiveLedger.idOf(command, 0));
        Mismatch.unlessEqual(model.nextDeadlineNs(), core.nextDeadlineNs(), "next deadline after", sequence);
    }

    private DirectBuffer ask(DirectBuffer query) {
        core.onQuery(query, 0, query.capacity(), sink);
        return reply;
    }

    private void see(Answer answer) {
        seen.merge(answer.outcome(), 1, Integer::sum);
        answer.items().forEach(this::see);
    }

    private void compareReplay() {
        LedgerProcessor replayed = new LedgerProcessor(retention, (event, buffer, offset, length) -> {});
        for (Recorded record : journal) {
            int length = record.command().capacity();
            replayed.onCommand(
                    record.sequence(), record.timestampNs(), record.command(), 0, length, CommandReplySink.NONE);
        }
        Mismatch.unlessEqual(core.stateHash(), replayed.stateHash(), "state of a replay up to", step);
    }
}
