package io.scrip.testkit.workload;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * What is special about one seed's run.
 *
 * @param stress       what the run is hard on
 * @param wallets      opened at the beginning; few make contention
 * @param tokens       registered at the beginning
 * @param windowNs     retention of command ids
 * @param maxIds       retention of command ids; a multiple of {@code segmentIds}
 * @param segmentIds   ids forgotten together
 * @param hoards       whether one wallet is granted more lots than one movement may be made of
 * @param startNs      first reading of the clock, ns since 1970 UTC
 * @param kindWeights  of the kinds of commands, by {@link Kind}
 * @param clockWeights of what the clock does: stalls, creeps, …, falls back, jumps to an edge of the calendar
 */
// The weights are listed as the kinds are.
@SuppressWarnings("EnumOrdinal")
public record Profile(
        Stress stress,
        int wallets,
        int tokens,
        long windowNs,
        long maxIds,
        long segmentIds,
        boolean hoards,
        long startNs,
        List<Integer> kindWeights,
        List<Integer> clockWeights) {

    /** What a run is hard on. */
    public enum Stress {
        /** Everything, in a mixture of its own. */
        MIXED,
        /** A few accounts that everybody wants something of. */
        HOT,
        /** Many wallets. */
        WIDE,
        /** Limits, budgets, allow-lists and kill switches, at the edges of their windows. */
        RULES,
        /** Value with terms. */
        LOTS,
        /** Batches with chains, and the repetition of both. */
        BATCHES,
        /** Ids that are forgotten almost at once. */
        FORGETFUL
    }

    /** Kinds of commands. */
    enum Kind {
        TRANSFER(40),
        HOLD(14),
        OF_HOLD(22),
        MULTI_TRANSFER(8),
        BATCH(5),
        ISSUE(5),
        REVERSE(6),
        CHANGE_STATUS(2),
        SET_BOUNDS(3),
        SET_FEE(1),
        REGISTER_TOKEN(1),
        OPEN_WALLET(1),
        TICK(1),
        GRANT(3),
        SET_PARENT(1),
        SET_LIMIT(1),
        SET_BUDGET(1),
        ALLOW(1),
        DISALLOW(1),
        KILL_SWITCH(1);

        final int usual;

        Kind(int usual) {
            this.usual = usual;
        }
    }

    private static final long SECOND_NS = 1_000_000_000L;
    /** A moment before a day, a month and a year end: 31 December 2026, 23:59:50 UTC. */
    private static final long YEAR_END_NS = 1_798_761_590L * SECOND_NS;

    /** 28 February 2028, 23:59:50 UTC. */
    private static final long LEAP_DAY_NS = 1_835_395_190L * SECOND_NS;

    public static Profile of(long seed) {
        Chance chance = new Chance(seed ^ 0x5EED);
        Stress[] all = Stress.values();
        Stress stress = all[(int) Math.floorMod(seed, (long) all.length)];
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, weight(stress, kind) * (int) chance.pick(0, 1, 2, 2, 2, 6));
        }
        kinds.merge(Kind.TRANSFER, 1, Integer::sum);
        kinds.merge(Kind.HOLD, kinds.get(Kind.OF_HOLD) / 3, Math::max);
        boolean hoards = stress == Stress.LOTS && chance.oneIn(3);
        if (hoards) {
            kinds.put(
                    Kind.GRANT,
                    3 * kinds.values().stream().mapToInt(Integer::intValue).sum());
        }
        int wallets = switch (stress) {
            case HOT -> (int) chance.pick(2, 3);
            case WIDE -> (int) chance.pick(30, 300);
            case RULES -> (int) chance.pick(6, 12, 80);
            default -> (int) chance.pick(2, 3, 4, 8, 30);
        };
        boolean forgetful = stress == Stress.FORGETFUL;
        long segmentIds = forgetful ? chance.pick(1, 2, 4, 16) : chance.pick(16, 100, 1_000);
        return new Profile(
                stress,
                wallets,
                (int) chance.between(1, stress == Stress.HOT ? 2 : 4),
                (forgetful ? chance.pick(1, 3) : chance.pick(60, 3_600, 7 * 24 * 3_600)) * SECOND_NS,
                segmentIds * (forgetful ? chance.between(1, 5) : chance.between(1, 40)),
                segmentIds,
                hoards,
                chance.pick(YEAR_END_NS, LEAP_DAY_NS, 1_780_000_000L * SECOND_NS + chance.between(0, SECOND_NS)),
                List.copyOf(kinds.values()),
                List.of(
                        2,
                        20,
                        30,
                        (int) chance.between(0, 8),
                        (int) chance.between(0, 2),
                        1,
                        stress == Stress.RULES ? 8 : (int) chance.between(0, 1)));
    }

    private static int weight(Stress stress, Kind kind) {
        boolean hard = switch (stress) {
            case RULES -> EnumSet.range(Kind.SET_PARENT, Kind.ALLOW).contains(kind);
            case LOTS -> kind == Kind.GRANT || kind == Kind.REVERSE;
            case BATCHES -> kind == Kind.BATCH;
            default -> false;
        };
        boolean rule = EnumSet.range(Kind.SET_LIMIT, Kind.KILL_SWITCH).contains(kind);
        boolean absent = rule && (stress == Stress.HOT || stress == Stress.LOTS || stress == Stress.FORGETFUL);
        return absent ? 0 : hard ? kind.usual * 6 : kind.usual;
    }
}
