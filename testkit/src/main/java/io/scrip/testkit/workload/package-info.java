/** Commands from a seed: edges, repetitions and races rather than likely behaviour. */
package io.scrip.testkit.workload;
