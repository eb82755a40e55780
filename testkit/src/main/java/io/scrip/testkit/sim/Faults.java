package io.scrip.testkit.sim;

import io.scrip.engine.InlineHost;
import io.scrip.ledger.MessageShape;
import io.scrip.testkit.workload.Chance;
import java.nio.file.Path;
import java.util.List;

/** Brings about the faults of a run's weather. One thread. */
final class Faults {
    private static final int MOST_POINTS_AHEAD = 250;
    private static final int MOST_POINTS_OF_RECOVERY = 300;
    private static final int MOST_POINTS_OF_LONG_RECOVERY = 12_000;
    private static final int MOST_CRASHES_IN_A_ROW = 6;
    private static final int MOST_FORCES_AHEAD = 6;
    private static final int GROWTH = 1_000;
    /** The journal asks for room once in a stretch of 256 KiB, with a command and its envelope on top. */
    private static final long MOST_BYTES_INTO_RESERVE = 320L << 10;

    private final Chance chance;
    private final Weather weather;
    private final Disk disk;
    private final Fate fate;
    private final Tally tally;
    private int nextCrash;
    private int nextStop;
    private int nextRefusal;
    private int nextFull;
    private int nextSnapshot;
    private int crashesInARow;
    private boolean killPlanned;
    private boolean stopPlanned;
    private boolean scarce;
    private boolean askedForMost;
    private long scarceBytes;
    private long scarceSinceBytes;
    private boolean ended;
    private boolean eventFileHurt;

    Faults(Chance chance, Weather weather, Disk disk, Fate fate, Tally tally) {
        this.chance = chance;
        this.weather = weather;
        this.disk = disk;
        this.fate = fate;
        this.tally = tally;
        nextCrash = next(0, weather.crashEvery());
        nextStop = next(0, weather.stopEvery());
        nextRefusal = next(0, weather.refuseForceEvery());
        nextFull = next(0, weather.fullDiskEvery());
        nextSnapshot = next(0, weather.snapshotEvery());
    }

    private int next(int now, int every) {
        return every == 0 ? Integer.MAX_VALUE : now + (int) chance.between(1, 2L * every);
    }

    /** Decides what will go wrong soon. */
    void plan(int operation, long journaledBytes, InlineHost host) {
        if (scarce && disk.freeBytes() > scarceBytes) {
            // A lost event log gave room back: somebody else takes that too.
            disk.leaveFree(scarceBytes);
        }
        if (operation >= nextCrash) {
            nextCrash = next(operation, weather.crashEvery() * (1 + operation / GROWTH));
            if (chance.oneIn(5)) {
                killPlanned = true;
            } else {
                fate.dieIn(chance.between(1, MOST_POINTS_AHEAD));
            }
        }
        if (operation >= nextStop) {
            nextStop = next(operation, weather.stopEvery() * (1 + operation / GROWTH));
            stopPlanned = true;
        }
        if (operation >= nextRefusal) {
            nextRefusal = next(operation, weather.refuseForceEvery());
            disk.refuseForceAfter(chance.below(MOST_FORCES_AHEAD));
        }
        if (operation >= nextFull) {
            nextFull = next(operation, weather.fullDiskEvery());
            if (scarce) {
                giveRoom(host);
            } else {
                takeRoom(journaledBytes);
            }
        }
    }

    private void takeRoom(long journaledBytes) {
        scarce = true;
        scarceSinceBytes = journaledBytes;
        tally.fullDisks++;
        scarceBytes = SimulatedServer.RESERVE_BYTES + chance.between(0, SimulatedServer.SCARCE_ABOVE_RESERVE_BYTES);
        disk.leaveFree(scarceBytes);
        // A new process asks at once; one that has just asked goes on for a while.
        stopPlanned |= chance.coin();
    }

    private void giveRoom(InlineHost host) {
        scarce = false;
        askedForMost = true;
        disk.othersTake(0);
        host.idle();
        Violation.when(
                host.refusalCause() != null, Check.FULL_DISK, "there is room again, and the engine is still read-only");
    }

    /** While there is no room, the journal must not go on for long. */
    void checkRoom(long journaledBytes) {
        // Coming back from read-only, a process asks for room for the longest message, and may use that up.
        long most = MOST_BYTES_INTO_RESERVE + (askedForMost ? MessageShape.MAX_MESSAGE_BYTES : 0);
        Violation.when(
                scarce && journaledBytes - scarceSinceBytes > most,
                Check.FULL_DISK,
                "the journal goes on into the reserve of a full disk");
    }

    boolean isPowerCut() {
        return chance.below(CutStyle.HUNDRED) < weather.powerShare();
    }

    boolean isTimeForSnapshot(int operation) {
        boolean due = !ended && operation >= nextSnapshot;
        if (due) {
            nextSnapshot = next(operation, weather.snapshotEvery());
        }
        return due;
    }

    boolean isTimeToKill() {
        boolean kill = killPlanned;
        killPlanned = false;
        return kill;
    }

    boolean isTimeToStop() {
        boolean stop = stopPlanned;
        stopPlanned = false;
        return stop;
    }

    /** What the death of a process, or of the machine, does to the disk. */
    void strike(boolean power) {
        if (power) {
            disk.losePower(chance, weather.cut());
        } else {
            disk.loseProcess(chance);
        }
        fate.live();
    }

    /** The next process may die before it serves, a few times in a row at most. */
    void planRecovery() {
        crashesInARow++;
        if (ended || crashesInARow > MOST_CRASHES_IN_A_ROW) {
            return;
        }
        if (chance.below(CutStyle.HUNDRED) < weather.crashInRecovery()) {
            // Sometimes late: when most of a long event log has been made again.
            fate.dieIn(chance.between(1, chance.coin() ? MOST_POINTS_OF_RECOVERY : MOST_POINTS_OF_LONG_RECOVERY));
        } else if (weather.refuseForceEvery() > 0 && chance.oneIn(8)) {
            disk.refuseForceAfter(chance.below(MOST_FORCES_AHEAD));
        }
    }

    /**
     * Whether a file of the event log was cut or had a bit turned over since the last start. Where a snapshot speaks for
     * the events, a start does not read them, and the damage is named when somebody asks for that event; so the next
     * start is one that reads them all.
     */
    boolean mustReadAllEvents() {
        return eventFileHurt;
    }

    void recovered() {
        crashesInARow = 0;
        eventFileHurt = false;
        // What the process before has written into the reserve still counts.
        askedForMost &= scarce;
        fate.live();
    }

    void end() {
        ended = true;
        fate.live();
        disk.refuseForceAfter(-1);
        disk.othersTake(0);
        scarce = false;
    }

    /** The event log is derived: whatever happens to it, it must be made again. */
    void damageEvents(Path folder) {
        if (ended || chance.below(CutStyle.HUNDRED) >= weather.loseEvents()) {
            return;
        }
        List<DiskPath> files = disk.filesBelow(folder);
        tally.lostEventLogs++;
        DiskPath path = files.isEmpty() ? null : chance.pick(files);
        if (path == null || chance.oneIn(4)) {
            disk.wipe((DiskPath) folder);
            return;
        }
        DiskFile file = disk.file(path);
        if (file.length() > 0 && chance.coin()) {
            file.flip(chance.below(file.length()), chance.below(Byte.SIZE));
        } else {
            file.truncate(chance.below(file.length() + 1));
        }
        eventFileHurt = true;
    }
}
