/**
 * A small client of the binary protocol, for services beside the ledger: {@link io.scrip.client.ScripClient}. It knows
 * the messages and nothing of the server. See docs/binary.md.
 *
 * <pre>
 *   any thread: ScripClient.transfer ─► queue ─┐ wake
 *                                              ▼
 *   its thread:  Dispatch ─► one batch of all that wait ─► Link (TCP, Hello, frames) ─► server
 *                   ▲            resends with the same id          │
 *                   └──── replies complete the futures ◄───────────┘
 * </pre>
 */
package io.scrip.client;
