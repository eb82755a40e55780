package io.scrip.tools.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** T5 and T6: files cut and mixed up, and bits turned over. The control's checksums say the same of all bytes. */
final class DamagedFiles implements Campaign {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int WINDOW_BITS = 8 * WINDOW_BYTES;

    private final Kind kind;

    /** What is done to the files. */
    enum Kind {
        TRUNCATED,
        FLIPPED,
        FLIPPED_UNSEEN
    }

    DamagedFiles(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Line line() {
        return switch (kind) {
            case TRUNCATED -> new Line("T5", "files cut, empty, missing, exchanged", WINDOW_BYTES, WINDOW_BYTES, 0.002);
            case FLIPPED -> new Line("T6", "bits turned over", 50_000, 100_000 + WINDOW_BITS, 0.0022);
            case FLIPPED_UNSEEN -> new Line("T6 control", "without checksums: must be found", 500, 5_000, 0.01, true);
        };
    }

    @Override
    public String missing() {
        return null;
    }

    @Override
    public void run(Bench bench, int injuries) throws IOException, InterruptedException {
        // Beside other campaigns: one thread.
        List<String> arguments = new ArrayList<>(List.of("damage", "--threads", "1"));
        switch (kind) {
            case TRUNCATED -> {
                int every = Math.max(1, WINDOW_BYTES / injuries);
                arguments.addAll(List.of("--truncate-every", Integer.toString(every)));
            }
            case FLIPPED -> {
                boolean exhaustive = injuries > WINDOW_BITS;
                int random = exhaustive ? injuries - WINDOW_BITS : injuries;
                arguments.addAll(List.of("--flips", Integer.toString(random)));
                if (exhaustive) {
                    arguments.add("--exhaustive");
                }
            }
            default -> arguments.addAll(List.of("--flips", Integer.toString(injuries), "--blind"));
        }
        JsonNode report = bench.program(arguments.toArray(new String[0])).run();
        bench.hurt(report.get("injuries").intValue());
        report.get("violations").forEach(found -> bench.findings().violation(found.stringValue()));
        bench.note(report.path("refused").asInt() + " refused by name, "
                + report.path("shorter").asInt() + " without what nobody was told of, "
                + report.path("rebuilt").asInt() + " made again, "
                + report.path("harmless").asInt() + " without meaning, "
                + report.get("violation_count").intValue() + " wrong");
    }
}
