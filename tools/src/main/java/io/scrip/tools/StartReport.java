package io.scrip.tools;

import io.scrip.journal.RecoveryReport;
import io.scrip.proof.Notary;
import io.scrip.snapshotter.Recovery;
import java.io.PrintWriter;

/** Tells an operator what a start found, when there is something to tell. */
final class StartReport {
    private static final long WORTH_TELLING_NS = 2_000_000_000L;

    private StartReport() {}

    static void print(RecoveryReport journal, RecoveryReport events, Recovery.Report recovered, PrintWriter err) {
        if (journal.droppedBytes() > 0) {
            err.println("scrip: journal: " + journal);
        }
        readMore("journal", journal, err);
        readMore("event log", events, err);
        recovered.snapshotsRefused().forEach(reason -> err.println("scrip: snapshot not used: " + reason));
        if (!events.droppedAt().isEmpty()) {
            err.println("scrip: event log: " + events.droppedAt() + "; made again from the journal");
        }
        if (!recovered.eventLogAside().isEmpty()) {
            err.println("scrip: event log: what it held fits no snapshot, and the commands to complete it have been"
                    + " pruned: it is kept in " + recovered.eventLogAside()
                    + "; history begins with the snapshot of command " + recovered.snapshotSequence()
                    + "; a backup may have more");
        }
        if (recovered.eventsRebuiltFrom() > 0
                || !events.droppedAt().isEmpty()
                || recovered.tookNs() > WORTH_TELLING_NS) {
            err.println("scrip: " + recovered);
        }
        err.flush();
    }

    private static void readMore(String log, RecoveryReport report, PrintWriter err) {
        if (!report.notBegunAt().isEmpty()) {
            err.printf(
                    "scrip: %s: read %,d records to find its end: %s%n",
                    log, report.recordsRead(), report.notBegunAt());
        }
    }

    static void print(Notary notary, PrintWriter err) {
        if (!notary.dropped().isEmpty()) {
            err.println("scrip: proof: dropped and made anew: " + notary.dropped());
            err.flush();
        }
    }
}
