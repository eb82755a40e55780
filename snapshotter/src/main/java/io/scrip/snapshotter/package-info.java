/**
 * How a ledger comes back after its process has gone, however it went.
 *
 * <pre>
 *   journal ──► Recovery ──► LedgerProcessor ──► EventFeed ──► event log
 *   every record checked     state as it was       │            compared while it has the event already,
 *                                                  │            appended when it is short,
 *                                                  │            rebuilt from the first difference on
 *                                                  └► LiveKeys   once live
 * </pre>
 */
package io.scrip.snapshotter;
