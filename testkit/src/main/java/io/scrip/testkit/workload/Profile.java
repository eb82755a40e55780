package io.scrip.testkit.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * What is special about one seed's run.
 *
 * @param wallets      opened at the beginning; few make contention
 * @param tokens       registered at the beginning
 * @param windowNs     retention of command ids
 * @param maxIds       retention of command ids
 * @param segmentIds   ids forgotten together
 * @param startNs      first reading of the clock
 * @param kindWeights  of the kinds of commands, as {@code Workload} lists them
 * @param clockWeights of what the clock does: stalls, creeps, …, falls back
 */
public record Profile(
        int wallets,
        int tokens,
        long windowNs,
        long maxIds,
        long segmentIds,
        long startNs,
        List<Integer> kindWeights,
        List<Integer> clockWeights) {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<Integer> USUAL_KINDS = List.of(40, 14, 22, 8, 6, 5, 6, 2, 3, 1, 1, 1, 1);

    public static Profile of(long seed) {
        Chance chance = new Chance(seed ^ 0x5EED);
        List<Integer> kinds = new ArrayList<>();
        for (int usual : USUAL_KINDS) {
            kinds.add(usual * (int) chance.pick(0, 1, 2, 2, 2, 6));
        }
        kinds.set(0, kinds.get(0) + 1);
        int wallets = (int) chance.pick(2, 3, 4, 8, 30, 300);
        long segmentIds = chance.pick(4, 16, 100, 1_000);
        return new Profile(
                wallets,
                (int) chance.between(1, 4),
                chance.pick(1, 60, 3_600, 7 * 24 * 3_600) * SECOND_NS,
                segmentIds * chance.between(1, 40),
                segmentIds,
                1_780_000_000L * SECOND_NS + chance.between(0, SECOND_NS),
                kinds,
                List.of(2, 20, 30, (int) chance.between(0, 8), (int) chance.between(0, 2), 1));
    }
}
