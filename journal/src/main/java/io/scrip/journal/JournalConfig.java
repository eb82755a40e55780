package io.scrip.journal;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a journal is kept.
 *
 * @param folder         belongs to the journal alone; created when missing
 * @param mode           what an acknowledgement promises
 * @param blockSizeBytes how much of a file Chronicle maps at once, a power of two from 256 KiB to 64 MiB; large blocks
 *                       make each force slower, small ones make it happen more often that a new one must be mapped
 * @param rollSizeBytes  a file that has reached this size is followed by a new one; at most 1 GiB
 * @param reserveBytes   free space that is never written into; below it the engine is read-only
 * @param ballastBytes   blocks kept in a file of their own, given back when the reserve is touched by somebody else
 * @param sealDelayNs    how long the journal must have been idle before it proves its last record durable
 */
public record JournalConfig(
        Path folder,
        DurabilityMode mode,
        int blockSizeBytes,
        long rollSizeBytes,
        long reserveBytes,
        long ballastBytes,
        long sealDelayNs) {

    /** Measured best, with little between 2 and 8 MiB: see docs/performance.md, "The journal". */
    public static final int DEFAULT_BLOCK_SIZE_BYTES = 4 << 20;

    public static final long DEFAULT_ROLL_SIZE_BYTES = 256L << 20;
    public static final long DEFAULT_RESERVE_BYTES = 256L << 20;
    public static final long DEFAULT_BALLAST_BYTES = 64L << 20;
    public static final long DEFAULT_SEAL_DELAY_NS = 1_000_000;

    static final int MIN_BLOCK_SIZE_BYTES = 256 << 10;
    static final int MAX_BLOCK_SIZE_BYTES = 64 << 20;
    static final long MAX_ROLL_SIZE_BYTES = 1L << 30;

    public JournalConfig {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(mode, "mode");
        requireBlockSize(blockSizeBytes);
        if (rollSizeBytes < 1 || rollSizeBytes > MAX_ROLL_SIZE_BYTES) {
            throw new IllegalArgumentException("roll size must be 1 to " + MAX_ROLL_SIZE_BYTES + ": " + rollSizeBytes);
        }
        if (reserveBytes < 0 || ballastBytes < 0 || sealDelayNs < 0) {
            throw new IllegalArgumentException("reserve, ballast and seal delay must not be negative");
        }
    }

    /** The defaults, for a folder. */
    public static JournalConfig of(Path folder, DurabilityMode mode) {
        return new JournalConfig(
                folder,
                mode,
                DEFAULT_BLOCK_SIZE_BYTES,
                DEFAULT_ROLL_SIZE_BYTES,
                DEFAULT_RESERVE_BYTES,
                DEFAULT_BALLAST_BYTES,
                DEFAULT_SEAL_DELAY_NS);
    }

    static void requireBlockSize(int blockSizeBytes) {
        if (blockSizeBytes < MIN_BLOCK_SIZE_BYTES
                || blockSizeBytes > MAX_BLOCK_SIZE_BYTES
                || Integer.bitCount(blockSizeBytes) != 1) {
            throw new IllegalArgumentException("block size must be a power of two from " + MIN_BLOCK_SIZE_BYTES + " to "
                    + MAX_BLOCK_SIZE_BYTES + ": " + blockSizeBytes);
        }
    }
}
