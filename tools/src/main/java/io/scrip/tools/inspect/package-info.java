/**
 * Commands that look at what is on disk and change nothing: verify, replay, dump.
 *
 * <pre>
 *   journal ──► fresh core ──► events ──► compared with the event log, byte by byte
 *      │            │             ├─────► compared with the signed statements
 *      │            │             └─────► added up again, without the core
 *      │            └► state hash, trial balance, snapshots
 *      └► every record as text
 * </pre>
 */
package io.scrip.tools.inspect;
