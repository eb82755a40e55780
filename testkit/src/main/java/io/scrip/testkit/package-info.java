/**
 * A second opinion on the ledger. {@link io.scrip.testkit.model.NaiveLedger} is the specification as the simplest program
 * that could be right; a workload made of edges and races is decided by it and by the real core, and every reply,
 * event and balance is compared. The simulator does so while the storage tears and loses pages, the clock jumps,
 * clients repeat themselves and the process dies anywhere; one seed is one run, bit by bit.
 *
 * <pre>
 *   seed ──► Workload ──► clients (drop, duplicate, delay, retry) ──► InlineHost: Journaller ──► LedgerStage
 *                │                                                        │                        │
 *                │                                              SimulatedJournal (pages,           └► replies, events
 *                │                                              torn, lost, EIO, full)                    │
 *                └────────────► NaiveLedger ◄──────────── the journal's order and times ───────── compared ┘
 * </pre>
 */
package io.scrip.testkit;
