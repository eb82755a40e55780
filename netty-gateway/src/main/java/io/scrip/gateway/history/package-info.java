/**
 * What happened, read from the event log beside the core: first outcomes for replays, and a wallet's transactions.
 *
 * <pre>
 *   HTTP event loops ──► History ──► queue ──► reader threads ──► callback
 *                        (refuses                CommandReader, EventReader: SBE to records
 *                         when full)             WalletChains: a wallet's legs, newest first
 *                                                TransactionWalk: filters, pages, cursors
 * </pre>
 */
package io.scrip.gateway.history;
