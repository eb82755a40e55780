package io.scrip.tools.load;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a load came to. Immutable but for its histogram, which nobody changes any more. */
public final class LoadResult {
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99};
    private static final double NS_PER_MS = 1e6;

    private final double seconds;
    private final Map<Meter.Count, Long> counts;
    private final Histogram latencies;
    private final String firstUnexpected;

    LoadResult(double seconds, Map<Meter.Count, Long> counts, Histogram latencies, String firstUnexpected) {
        this.seconds = seconds;
        this.counts = new EnumMap<>(counts);
        this.latencies = latencies;
        this.firstUnexpected = firstUnexpected;
    }

    /** From the first request that counts to the last answer. */
    public double seconds() {
        return seconds;
    }

    /** Operations applied, and reads answered, per second. */
    public double appliedPerSecond() {
        return applied() / seconds;
    }

    /** Answered requests per second. */
    public double requestsPerSecond() {
        return count(Meter.Count.ANSWERS) / seconds;
    }

    public long applied() {
        return count(Meter.Count.APPLIED);
    }

    public long answers() {
        return count(Meter.Count.ANSWERS);
    }

    /** Everything that is no answer one hopes for: refused, limited, overloaded, unexpected, lost, unsent. */
    public long notApplied() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() != Meter.Count.ANSWERS && entry.getKey() != Meter.Count.APPLIED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Faults: answers that no sound server gives, and requests without one. */
    public long faults() {
        return count(Meter.Count.UNEXPECTED) + count(Meter.Count.LOST) + count(Meter.Count.UNSENT);
    }

    long count(Meter.Count what) {
        return counts.getOrDefault(what, 0L);
    }

    /** Of answered requests, in milliseconds, from the moment each was due. */
    public double percentileMs(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NS_PER_MS;
    }

    /** Latencies of requests in nanoseconds. */
    public Histogram latencies() {
        return latencies;
    }

    /** The first answer nobody expects, null for none. */
    public String firstUnexpected() {
        return firstUnexpected;
    }

    /** For people, a few lines. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d applied in %.1f s: %,.0f a second (%,.0f requests a second)%n",
                applied(),
                seconds,
                appliedPerSecond(),
                requestsPerSecond()));
        counts.forEach((what, count) -> {
            if (count > 0 && what != Meter.Count.ANSWERS && what != Meter.Count.APPLIED) {
                text.append(String.format(Locale.ROOT, "%,d %s%n", count, what.word()));
            }
        });
        text.append("latency of a request, ms:");
        for (double percentile : PERCENTILES) {
            text.append(String.format(Locale.ROOT, "  p%s %.3f", number(percentile), percentileMs(percentile)));
        }
        text.append(String.format(Locale.ROOT, "  max %.3f%n", latencies.getMaxValue() / NS_PER_MS));
        return text.toString();
    }

    /** For programs. */
    ObjectNode json() {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("seconds", seconds);
        object.put("applied_per_second", appliedPerSecond());
        object.put("requests_per_second", requestsPerSecond());
        for (Meter.Count what : Meter.Count.values()) {
            object.put(what.word(), count(what));
        }
        ObjectNode latency = object.putObject("latency_ms");
        for (double percentile : PERCENTILES) {
            latency.put("p" + number(percentile), percentileMs(percentile));
        }
        latency.put("max", latencies.getMaxValue() / NS_PER_MS);
        latency.put("mean", latencies.getMean() / NS_PER_MS);
        return object;
    }

    private static String number(double percentile) {
        return percentile == Math.rint(percentile) ? String.valueOf((int) percentile) : String.valueOf(percentile);
    }
}
