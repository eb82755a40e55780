package io.scrip.engine;

import io.scrip.ledger.MessageShape;

/**
 * Size and threads of the pipeline.
 *
 * @param ringSize   slots, a power of two up to 2^20; each holds 512 bytes inline
 * @param oneThread  whether one thread does it all (right for one core); otherwise a second one applies large batches while
 *                   the next are forced
 * @param spin       whether the pipeline's threads wait by spinning (lowest latency, a core each) or by blocking
 * @param largeBytes bytes of messages over 512 bytes that may be under way at once; more are refused like by a full
 *                   ring
 */
public record PipelineConfig(int ringSize, boolean oneThread, boolean spin, long largeBytes) {
    /** All slots' bytes lie in one array. */
    private static final int MAX_RING_SIZE = 1 << 20;

    /** Many of the largest batches, and a small part of a server's memory. */
    private static final long DEFAULT_LARGE_BYTES = 256L << 20;

    public PipelineConfig {
        if (largeBytes < MessageShape.MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "the largest message must fit into largeBytes, but not into " + largeBytes);
        }
        if (Integer.bitCount(ringSize) != 1 || ringSize < 2 || ringSize > MAX_RING_SIZE) {
            throw new IllegalArgumentException("ringSize must be a power of two from 2 to 2^20, but is " + ringSize);
        }
    }

    /** With as many bytes of large messages as suit a heap of this size. */
    public PipelineConfig(int ringSize, boolean oneThread, boolean spin) {
        this(ringSize, oneThread, spin, largeBytesFor(Runtime.getRuntime().maxMemory()));
    }

    /** An eighth of the heap, within reason. */
    static long largeBytesFor(long heapBytes) {
        return Math.max(2L * MessageShape.MAX_MESSAGE_BYTES, Math.min(heapBytes / 8, DEFAULT_LARGE_BYTES));
    }

    /** What suits this many cores. */
    public static PipelineConfig forCores(int cores) {
        return new PipelineConfig(8192, cores < 2, cores >= 8);
    }
}
