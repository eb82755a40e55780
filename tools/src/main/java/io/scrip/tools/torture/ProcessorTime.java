package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the kernel has counted of all processors' time since the machine started: a virtual machine's host may give its
 * processors to others meanwhile, and whatever is measured then is measured on less of a machine than it seems to be.
 *
 * @param ticks  of all kinds
 * @param stolen of these, wanted by this machine and given to another by its host
 */
public record ProcessorTime(long ticks, long stolen) {
    private static final Path COUNTS = Path.of("/proc/stat");
    /** user, nice, system, idle, iowait, irq, softirq, steal; a guest's time, behind them, is counted as user already. */
    private static final int KINDS = 8;

    /** As it is now; zeros where there is no such count. Any thread. */
    public static ProcessorTime now() {
        try {
            return of(Files.readAllLines(COUNTS).get(0));
        } catch (IOException notLinux) {
            return new ProcessorTime(0, 0);
        }
    }

    /** Of the line that sums all processors up; zeros when it is not what Linux writes. */
    static ProcessorTime of(String line) {
        String[] words = line.split(" +");
        if (words.length <= KINDS || !words[0].equals("cpu")) {
            return new ProcessorTime(0, 0);
        }
        long[] counts = Arrays.stream(words)
                .skip(1)
                .limit(KINDS)
                .mapToLong(Long::parseLong)
                .toArray();
        return new ProcessorTime(Arrays.stream(counts).sum(), counts[KINDS - 1]);
    }

    /** Percent of all processors' time between then and this; 0 where the kernel does not tell. */
    public double stolenPercentSince(ProcessorTime before) {
        long between = ticks - before.ticks;
        return between <= 0 ? 0 : 100.0 * (stolen - before.stolen) / between;
    }
}
