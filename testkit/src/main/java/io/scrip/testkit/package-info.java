/**
 * A second opinion on the ledger. {@link io.scrip.testkit.model.NaiveLedger} is the specification as the simplest
 * program that could be right; {@link io.scrip.testkit.workload.Workload} makes commands of edges and races; {@link
 * io.scrip.testkit.Checker} compares what model and core say of them. One seed is one run, bit by bit.
 *
 * <pre>
 *   seed ──► Workload ──► command ──┬──► core ─────────► reply, events ──┐
 *                ▲                  └──► NaiveLedger ──► reply, events ──┴──► Checker: the same, or Mismatch
 *                └── what is an edge now ────┘
 * </pre>
 */
package io.scrip.testkit;
