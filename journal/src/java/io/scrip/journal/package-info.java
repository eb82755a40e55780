/**
 * The command journal and the event log, on Chronicle Queue.
 *
 * <pre>
 *   folder
 *   ├── journal.lock               held while a process has the folder open
 *   ├── manifest                   which generations and files there are; checksummed, replaced atomically
 *   ├── ballast                    blocks kept back for a full disk
 *   ├── generation-000001          one Chronicle queue: what one process wrote between its start and its end
 *   │   ├── 19700101-00LS.cq4      files roll by size; the name is the number of the file, as hours since 1970
 *   │   ├── 19700101-01LS.cq4
 *   │   └── metadata.cq4t
 *   └── generation-000002
 * </pre>
 *
 * <p>A Chronicle file is written by the process that created it and by nobody after it, so nothing that a killed
 * process left half written is ever continued. Chronicle writes; reading back is done here, byte by byte, because a
 * tailer trusts what it finds. {@link io.scrip.journal.Envelope} draws a record, {@code docs/journal-format.md} the
 * rest.
 */
package io.scrip.journal;
