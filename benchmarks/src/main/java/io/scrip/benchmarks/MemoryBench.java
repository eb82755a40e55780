package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What accounts and remembered ids cost in memory: P7's second half. See {@link MemoryTable}. */
final class MemoryBench implements Bench {
    private static final List<Integer> COUNTS = List.of(10_000, 1_000_000, 10_000_000);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "P7: bytes an account and a remembered id take";
    }

    @Override
    public List<Figure> run(BenchOptions options, Progress progress) {
        List<Figure> figures = new ArrayList<>();
        for (int count : options.accountsOr(COUNTS)) {
            progress.step(count + " accounts and ids");
            figures.addAll(MemoryTable.measure(count));
        }
        return figures;
    }
}
