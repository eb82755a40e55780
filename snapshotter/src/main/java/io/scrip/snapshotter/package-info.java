/**
 * Snapshots of the state, the follower that makes them, and how a ledger comes back after its process has gone, however it went.
 *
 * <pre>
 *   journal ──► Recovery ──► LedgerProcessor ──► EventFeed ──► event log
 *   every record checked     state as it was       │            compared while it has the event already,
 *                                                  │            appended when it is short,
 *                                                  │            rebuilt from the first difference on
 *                                                  └► LiveKeys   once live
 *
 *   journal ──► Snapshotter (a Replica behind the live core, compared with it) ──► SnapshotStore ──► Recovery
 * </pre>
 */
package io.scrip.snapshotter;
