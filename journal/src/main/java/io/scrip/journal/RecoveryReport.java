package io.scrip.journal;

/**
 * What opening a journal or an event log found.
 *
 * @param lastSequence   sequence of the last good record, 0 when there is none
 * @param generations    generations that hold records
 * @param files          files listed or found in them
 * @param cleanShutdown  whether the process that wrote last closed its files in order (true for a new folder)
 * @param droppedRecords whole records found behind the last good one that were never acknowledged, and are dropped
 * @param droppedBytes   bytes behind the last good record that are no longer part of it
 * @param droppedAt      file and offset of the first dropped byte and why it ends there; empty when nothing is dropped
 * @param recordsRead    good records that were read to find the end
 * @param notBegunAt     why reading did not begin at the newest place that was known; empty when it did, or none was
 */
public record RecoveryReport(
        long lastSequence,
        int generations,
        int files,
        boolean cleanShutdown,
        long droppedRecords,
        long droppedBytes,
        String droppedAt,
        long recordsRead,
        String notBegunAt) {

    /** One line for the log of the application. */
    @Override
    public String toString() {
        String found = "last sequence " + lastSequence + ", " + generations + " generation(s), " + files + " file(s), "
                + (cleanShutdown ? "closed in order" : "not closed in order");
        return droppedBytes == 0
                ? found
                : found + ", dropped " + droppedRecords + " unacknowledged record(s) in " + droppedBytes
                        + " byte(s) at " + droppedAt;
    }
}
