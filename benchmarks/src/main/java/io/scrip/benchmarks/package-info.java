/**
 * JMH benchmarks, each with a naive baseline beside it, and the ceilings that end-to-end numbers are compared with.
 *
 * <p>Timings never decide a test; they are read here, as ratios of numbers from one run.
 */
package io.scrip.benchmarks;
