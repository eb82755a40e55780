package io.scrip.engine;

/**
 * Size and threads of the pipeline.
 *
 * @param ringSize   slots, a power of two; each holds 512 bytes inline
 * @param oneThread  whether journalling and processing share a thread (right for up to three cores)
 * @param spin       whether the pipeline's threads wait by spinning (lowest latency, a core each) or by blocking
 */
public record PipelineConfig(int ringSize, boolean oneThread, boolean spin) {

    public PipelineConfig {
        if (Integer.bitCount(ringSize) != 1 || ringSize < 2) {
            throw new IllegalArgumentException("ringSize must be a power of two, at least 2, but is " + ringSize);
        }
    }

    /** What suits this many cores. */
    public static PipelineConfig forCores(int cores) {
        return new PipelineConfig(8192, cores < 4, cores >= 8);
    }
}
