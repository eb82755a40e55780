package io.scrip.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** The same commands through the core and through the model: every reply, every event, every balance is the same. */
class ModelComparisonTest {
    private static final int SEEDS = Integer.getInteger("scrip.comparison.seeds", 60);
    private static final long FIRST_SEED = Long.getLong("scrip.comparison.seed", 1);
    private static final int OPERATIONS = Integer.getInteger("scrip.comparison.operations", 3_000);
    private static final int COMPARE_ALL_EVERY = 200;

    private static final Set<Outcome> UNREACHED =
            EnumSet.of(Outcome.NULL_VAL, Outcome.SBE_UNKNOWN, Outcome.TOO_MANY_TOKENS, Outcome.UNKNOWN_TRANSFER);

    private final Set<Outcome> seen = EnumSet.noneOf(Outcome.class);

    private record Recorded(long sequence, long timestampNs, DirectBuffer command) {}

    @Test
    void coreAndModelAgreeOnEverything() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                compare(seed);
            } catch (RuntimeException difference) {
                fail(
                        "seed " + seed + ": " + difference.getMessage()
                                + "\nreplay it: mvn -B -Pfast -pl testkit -am test -Dtest=ModelComparisonTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dscrip.comparison.seeds=1"
                                + " -Dscrip.comparison.seed=" + seed,
                        difference);
            }
        }
        if (SEEDS >= 60) {
            checkEveryOutcomeWasSeen();
        }
    }

    private void compare(long seed) {
        Profile profile = Profile.of(seed);
        NaiveLedger model = new NaiveLedger(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        Retention retention = new Retention(profile.windowNs(), profile.maxIds(), profile.segmentIds());
        Checker checker = new Checker(model);
        LedgerProcessor core = new LedgerProcessor(retention, checker::onEvent);
        Workload workload = new Workload(seed, model);
        List<Recorded> journal = new ArrayList<>();
        List<Id> ids = new ArrayList<>();
        DirectBuffer[] reply = new DirectBuffer[1];
        CommandReplySink sink = (buffer, offset, length) -> reply[0] = Messages.copy(buffer, offset, length);
        long nowNs = profile.startNs();
        for (int i = 1; i <= OPERATIONS; i++) {
            if (workload.chance.oneIn(20)) {
                DirectBuffer dryRun = workload.dryRun();
                core.onQuery(dryRun, 0, dryRun.capacity(), sink);
                checker.checkDryRun(dryRun, reply[0]);
            }
            nowNs = workload.clock(nowNs, model.nextDeadlineNs());
            boolean wellFormed = !workload.chance.oneIn(100);
            DirectBuffer command = wellFormed ? workload.next() : workload.malformed();
            long timestampNs = Math.max(nowNs, core.lastTimestampNs() + 1);
            long sequence = core.lastSequence() + 1;
            core.onCommand(sequence, timestampNs, command, 0, command.capacity(), sink);
            journal.add(new Recorded(sequence, timestampNs, command));
            for (Answer answer : checker.check(sequence, timestampNs, command, wellFormed, reply[0])) {
                seen.add(answer.outcome());
            }
            workload.observe(model.books.facts);
            ids.add(NaiveLedger.idOf(command, 0));
            assertEquals(model.nextDeadlineNs(), core.nextDeadlineNs(), "next deadline");
            checker.checkSettled();
            if (i % COMPARE_ALL_EVERY == 0 || i == OPERATIONS) {
                checker.compareAll(query -> answer(core, query, reply, sink), ids);
                ids.clear();
            }
        }
        LedgerProcessor replayed = new LedgerProcessor(retention, (event, buffer, offset, length) -> {});
        for (Recorded record : journal) {
            int length = record.command().capacity();
            replayed.onCommand(
                    record.sequence(), record.timestampNs(), record.command(), 0, length, CommandReplySink.NONE);
        }
        assertEquals(core.stateHash(), replayed.stateHash(), "a replay gives another state");
        assertTrue(core.trialBalance().isZero());
    }

    private static DirectBuffer answer(
            LedgerProcessor core, DirectBuffer query, DirectBuffer[] reply, CommandReplySink sink) {
        core.onQuery(query, 0, query.capacity(), sink);
        return reply[0];
    }

    /** Over the default seeds; what a full table of tokens or a thing of a later operation gives is not among them. */
    private void checkEveryOutcomeWasSeen() {
        Set<Outcome> missing = EnumSet.allOf(Outcome.class);
        missing.removeAll(seen);
        missing.removeAll(UNREACHED);
        assertEquals(EnumSet.noneOf(Outcome.class), missing);
    }
}
