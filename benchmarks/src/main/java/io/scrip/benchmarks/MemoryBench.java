package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What accounts and remembered ids cost in memory: P7's second half. See {@link MemoryTable}. */
final class MemoryBench implements Bench {
    private static final int[] COUNTS = {10_000, 1_000_000, 10_000_000};

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) {
        List<Figure> figures = new ArrayList<>();
        for (int count : COUNTS) {
            progress.step(count + " accounts and ids");
            figures.addAll(MemoryTable.measure(count));
        }
        return figures;
    }
}
