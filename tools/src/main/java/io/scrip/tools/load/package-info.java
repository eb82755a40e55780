/**
 * {@code scrip load}: load for a running server, and the same driver for the benchmarks.
 *
 * <pre>
 *   Pacer ──► when ──► Driver (one thread, epoll) ──► Link (one connection) ──► server
 *   Workload ──► what ──┘        Meter ◄── latency, from the moment a request was due ──┘
 * </pre>
 *
 * <p>In an open loop a request is due at a moment that does not depend on the answers before it. Its latency counts
 * from that moment, also when it had to wait for a connection; so a server that stalls cannot hide the requests that
 * it kept from being sent (coordinated omission).
 */
package io.scrip.tools.load;
