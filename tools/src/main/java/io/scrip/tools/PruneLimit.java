package io.scrip.tools;

import io.scrip.journal.LogArchive.StoredFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How far an operator wants to prune: files that end before a command, or before a moment.
 *
 * @param sequence of the first command that stays whatever happens; {@link Long#MAX_VALUE}: given by the time
 * @param timeNs   nanoseconds since 1970 UTC; {@link Long#MAX_VALUE}: given by the sequence
 */
record PruneLimit(long sequence, long timeNs) {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MOST_DAYS = 36_500;

    /** @param before a sequence, a day or a moment; exactly one of the two is not null */
    static PruneLimit of(String before, Long keepDays) {
        if ((before == null) == (keepDays == null)) {
            throw new Refusal(ExitCode.USAGE, "say either --before or --keep-days");
        }
        if (keepDays != null) {
            if (keepDays < 0 || keepDays > MOST_DAYS) {
                throw new Refusal(ExitCode.USAGE, "--keep-days must be 0 to " + MOST_DAYS + ", not " + keepDays);
            }
            return atTime(Instant.now().minusSeconds(keepDays * SECONDS_PER_DAY));
        }
        try {
            if (before.matches("[0-9]{1,18}")) {
                return new PruneLimit(Long.parseLong(before), Long.MAX_VALUE);
            }
            return atTime(
                    before.contains("T")
                            ? Instant.parse(before)
                            : LocalDate.parse(before)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeException notTime) {
            throw new Refusal(
                    ExitCode.USAGE, "--before " + before + " is no sequence, no day and no moment in UTC", notTime);
        }
    }

    private static PruneLimit atTime(Instant instant) {
        return new PruneLimit(Long.MAX_VALUE, ns(instant));
    }

    /** What the ledger's time does not reach is before or behind all of it. */
    private static long ns(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_SECOND), instant.getNano());
        } catch (ArithmeticException outOfRange) {
            return instant.getEpochSecond() < 0 ? 0 : Long.MAX_VALUE;
        }
    }

    /** Whether all of a file of the journal lies before the limit. */
    boolean covers(StoredFile file) {
        return file.lastSequence() < sequence && file.lastTimestampNs() < timeNs;
    }
}
