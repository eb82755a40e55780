/**
 * The ledger itself: a deterministic state machine, fed one command at a time by one thread.
 *
 * <pre>
 *   command bytes ──► LedgerProcessor ──► one Operation ──► tables (Accounts, Wallets, Tokens, RememberedIds)
 *                          │                   │
 *                          └► reply bytes      └► events (one per leg, one per other decision)
 * </pre>
 *
 * <p>Pure: no clock, threads, randomness, I/O, logging, floating point or iteration over a hash map. The same commands
 * with the same sequences and timestamps give the same state, replies and events, bit by bit, everywhere.
 */
package io.scrip.ledger;
