package io.scrip.benchmarks;

import java.util.List;

/** Everything {@code scrip bench} can measure, in the order of {@code all}. */
final class Subjects {
    private Subjects() {}

    static List<Bench> all() {
        return List.of(
                new CountersBench(),
                new CoreBench(),
                new MemoryBench(),
                new JournalBench(),
                new BatchBench(),
                new BinaryBench(),
                new HttpBench(),
                new StreamBench(),
                new RecoveryBench(),
                new PeersBench(),
                new ScaleBench(),
                new ProfileBench(),
                new MicroBench());
    }
}
