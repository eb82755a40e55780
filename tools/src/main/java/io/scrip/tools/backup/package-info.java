/**
 * Backups: a copy of a ledger's folder as it was at one record, complete without the server it came from.
 *
 * <pre>
 *   data/journal ──► every record checked ──► target/journal     read again afterwards
 *   data/proof   ──────────────────────────► target/proof
 *                                             target/backup      written last: what the copy consists of
 * </pre>
 */
package io.scrip.tools.backup;
