package io.scrip.tools.torture;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** T17 and T18: seeds of the simulator, with all its faults. */
final class Simulated implements Campaign {

    @Override
    public Line line() {
        return new Line("T17", "simulated disk, clock and network (and T18)", 100, 100_000, 0.24);
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        String seeds = Integer.toString(injuries);
        JsonNode report = bench.program("simulate", "--seeds", seeds, "--json").run();
        bench.hurt(report.get("seeds").intValue());
        report.get("broken").forEach(seed -> bench.findings().violation(seed.toString()));
        bench.note(report.get("commands").asLong() + " commands, "
                + report.get("crashes").asLong() + " crashes, "
                + report.get("powerCuts").asLong() + " power cuts, "
                + report.get("damageProbes").asLong() + " bits turned over");
    }
}
