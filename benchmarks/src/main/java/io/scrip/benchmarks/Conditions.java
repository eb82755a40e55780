package io.scrip.benchmarks;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Under which conditions figures came about: name and value, in the order they are printed. */
record Conditions(Map<String, String> rows) {

    /** The machine as it is now. */
    static Conditions now(BenchOptions options) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        rows.put("commit", commit());
        rows.put("processor", processor());
        rows.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        rows.put("memory", memory());
        rows.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        rows.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        rows.put("load average at the start", String.format(Locale.ROOT, "%.2f", loadAverage()));
        rows.put("file system of scratch data", fileSystem());
        rows.put("durability", "sync");
        rows.put("snapshots", options.snapshots() ? "on" : "off");
        rows.put("client", "same machine, loopback, " + (Epoll.isAvailable() ? "epoll" : "nio"));
        rows.put("measurements", options.runs() + " of " + options.seconds() + " s, medians");
        return new Conditions(rows);
    }

    /** Of the last minute; negative where the machine does not say. */
    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String commit() {
        String commit = Conditions.class.getPackage().getImplementationVersion();
        return System.getProperty("scrip.commit", commit == null ? "unknown" : commit);
    }

    private static String processor() {
        return lineOf("/proc/cpuinfo", "model name", System.getProperty("os.arch"));
    }

    private static String memory() {
        String kib = lineOf("/proc/meminfo", "MemTotal", "").replaceAll("\\D", "");
        return kib.isEmpty() ? "unknown" : (Long.parseLong(kib) >> 20) + " GiB";
    }

    /** What stands behind a name in a file of the kernel's. */
    static String lineOf(String file, String name, String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException notLinux) {
            return otherwise;
        }
    }

    private static String fileSystem() {
        try {
            return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                    .type();
        } catch (IOException unknown) {
            return "unknown";
        }
    }
}
