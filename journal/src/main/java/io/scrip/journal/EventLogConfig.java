package io.scrip.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How the event log is kept.
 *
 * @param folder         belongs to the event log alone; created when missing
 * @param blockSizeBytes how much of a file Chronicle maps at once, a power of two from 256 KiB to 64 MiB
 * @param fileSizeBytes  a file is made this long at once (sparse, so it takes only what is written), and is followed by
 *                       a new one when it is full; 1 MiB to 1 GiB
 */
public record EventLogConfig(Path folder, int blockSizeBytes, int fileSizeBytes) {
    public static final int DEFAULT_FILE_SIZE_BYTES = 256 << 20;

    static final int MIN_FILE_SIZE_BYTES = 1 << 20;
    static final int MAX_FILE_SIZE_BYTES = 1 << 30;

    public EventLogConfig {
        Objects.requireNonNull(folder, "folder");
        JournalConfig.requireBlockSize(blockSizeBytes);
        if (fileSizeBytes < MIN_FILE_SIZE_BYTES || fileSizeBytes > MAX_FILE_SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "file size must be " + MIN_FILE_SIZE_BYTES + " to " + MAX_FILE_SIZE_BYTES + ": " + fileSizeBytes);
        }
    }

    /** The defaults, for a folder. */
    public static EventLogConfig of(Path folder) {
        return new EventLogConfig(folder, JournalConfig.DEFAULT_BLOCK_SIZE_BYTES, DEFAULT_FILE_SIZE_BYTES);
    }
}
