package io.scrip.tools;

import io.scrip.ledger.Retention;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.workload.Profile;
import io.scrip.testkit.workload.Workload;
import org.agrona.DirectBuffer;

/** The test kit's workload with a seed that has every kind of command in it: edges, refusals, nonsense and all. */
public final class EveryKindOfCommand implements CommandScript {
    private static final int MANY_WALLETS = 8;

    private final NaiveLedger model = new NaiveLedger(
            Retention.STANDARD.windowNs(), Retention.STANDARD.maxIds(), Retention.STANDARD.segmentIds());
    private final Workload workload;
    private long clockNs;
    private long timestampNs;
    private DirectBuffer command;

    public EveryKindOfCommand() {
        workload = new Workload(seed(), model);
        clockNs = workload.profile().startNs();
    }

    private static long seed() {
        long seed = 1;
        while (true) {
            Profile profile = Profile.of(seed);
            boolean all = profile.kindWeights().stream().allMatch(weight -> weight > 0);
            if (all && profile.stress() == Profile.Stress.MIXED && profile.wallets() >= MANY_WALLETS) {
                return seed;
            }
            seed++;
        }
    }

    @Override
    public DirectBuffer next() {
        clockNs = workload.clock(clockNs, model.nextDeadlineNs());
        command = workload.next();
        timestampNs = Math.max(clockNs, timestampNs + 1);
        model.apply(command, model.sequence() + 1, timestampNs);
        workload.observe(model.facts());
        return command;
    }

    @Override
    public int lengthBytes() {
        return command.capacity();
    }

    @Override
    public long timestampNs() {
        return timestampNs;
    }
}
