/**
 * The pipeline around the core and the ports it needs.
 *
 * <pre>
 *   any thread             pipeline thread(s)
 *
 *   Pipeline.offer ──► ring ──► Journaller ──► LedgerStage ──────────► ReplySink (per event loop)
 *   (tryNext, copy)             sequence and    LedgerProcessor │
 *                               time, append,   of ledger       ├────► EventLog ──► EventListener
 *                               one force                       └────► LiveKeys
 *                               per batch
 * </pre>
 *
 * <p>The order is journal, process, reply, one batch at a time. The Disruptor lets the next stage see a batch only when
 * the journaller's {@code onEvent} has returned for its last command, which is after the force: group commit by shape.
 * With few cores one thread runs both stages, batch by batch, in the same order.
 */
package io.scrip.engine;
