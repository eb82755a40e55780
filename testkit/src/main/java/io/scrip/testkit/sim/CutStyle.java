package io.scrip.testkit.sim;

/**
 * What a power cut does to pages that were not forced, out of a hundred each; the rest is kept.
 *
 * @param lost  are as they were when they were forced last
 * @param torn  are partly old and partly new, by sectors of 512 bytes
 * @param flips have a bit turned over
 */
record CutStyle(int lost, int torn, int flips) {
    static final int HUNDRED = 100;
}
