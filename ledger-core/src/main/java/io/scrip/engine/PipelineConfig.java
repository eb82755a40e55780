package io.scrip.engine;

/**
 * Size and threads of the pipeline.
 *
 * @param ringSize   slots, a power of two up to 2^20; each holds 512 bytes inline
 * @param oneThread  whether journalling and processing share a thread (right for up to three cores)
 * @param spin       whether the pipeline's threads wait by spinning (lowest latency, a core each) or by blocking
 */
public record PipelineConfig(int ringSize, boolean oneThread, boolean spin) {
    /** All slots' bytes lie in one array. */
    private static final int MAX_RING_SIZE = 1 << 20;

    public PipelineConfig {
        if (Integer.bitCount(ringSize) != 1 || ringSize < 2 || ringSize > MAX_RING_SIZE) {
            throw new IllegalArgumentException("ringSize must be a power of two from 2 to 2^20, but is " + ringSize);
        }
    }

    /** What suits this many cores. */
    public static PipelineConfig forCores(int cores) {
        return new PipelineConfig(8192, cores < 4, cores >= 8);
    }
}
