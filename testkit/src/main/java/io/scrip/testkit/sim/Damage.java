package io.scrip.testkit.sim;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.ChronicleJournal;
import io.scrip.testkit.workload.Chance;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns bits over in a journal that nobody has open, looks whether that is noticed, and turns them back. What was
 * acknowledged is either all there or its loss is named. One thread.
 */
final class Damage {
    private final Chance chance;
    private final int probes;
    private final Disk disk;
    private final SimulatedServer.Site site;
    private final CommandLog log;
    private final Tally tally;

    Damage(Chance chance, int probes, Disk disk, SimulatedServer.Site site, CommandLog log, Tally tally) {
        this.chance = chance;
        this.probes = probes;
        this.disk = disk;
        this.site = site;
        this.log = log;
        this.tally = tally;
    }

    /** After an orderly end: any byte of any file. */
    void probeAll() {
        for (int i = 0; i < probes; i++) {
            List<DiskPath> files = disk.filesBelow(site.folder().resolve(SimulatedSurroundings.JOURNAL));
            DiskPath path = chance.pick(files);
            DiskFile file = disk.file(path);
            // Most of a file is room for later.
            int end = chance.coin() ? file.length() : file.writtenLength();
            if (end > 0) {
                probe(path, chance.below(end), log.last());
            }
        }
    }

    /** After a crash: what later records of the file that was being written prove to have been there. */
    void probeTail(long durableSequence) {
        Path path = site.surroundings().forcedFile();
        int end = site.surroundings().provenEnd();
        if (probes > 0 && path != null && end > 0 && disk.file(path) != null) {
            // Rather the end, where a tail that may be dropped is near.
            int from = chance.coin() ? Math.max(0, end - DiskFile.PAGE_BYTES) : 0;
            probe((DiskPath) path, (int) chance.between(from, end - 1L), durableSequence);
        }
    }

    private void probe(DiskPath path, int at, long required) {
        DiskFile file = disk.file(path);
        int bit = chance.below(Byte.SIZE);
        tally.damageProbes++;
        file.flip(at, bit);
        open(path, at, required);
        file.flip(at, bit);
        disk.loseProcess();
    }

    private void open(DiskPath path, int at, long required) {
        String place = path + " at byte " + at;
        try (ChronicleJournal journal = SimulatedServer.openJournal(site, List.of())) {
            long records = journal.replay(
                    1,
                    (sequence, timestampNs, command, offset, length) -> Violation.when(
                            !log.holds(sequence, timestampNs, command, offset, length),
                            Check.DAMAGE,
                            () -> "a bit turned over in " + place + " changes record " + sequence));
            Violation.when(
                    records < required,
                    Check.DAMAGE,
                    "a bit turned over in " + place + " loses records without a word: " + records + " of " + required
                            + " are left");
        } catch (JournalFailure found) {
            Violation.when(
                    !found.getMessage().contains(path.last()),
                    Check.DAMAGE,
                    "a bit turned over in " + place + " is reported elsewhere: " + found.getMessage());
        }
    }
}
