package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A disk in memory that behaves as badly as a disk may: what was not forced is lost page by page when the power goes,
 * a force can be refused, and room can run out. {@link #root()} gives it to programs as {@link java.nio.file}. One
 * thread.
 */
final class Disk {
    /** A page of a mapped file could not be had: on a real machine that is a signal and the end of the JVM. */
    static final class NoRoomForMappedPage extends Error {
        private static final long serialVersionUID = 1L;

        NoRoomForMappedPage() {
            super("a full disk has reached a mapped file");
        }
    }

    private static final int KEPT_SPARES = 256;

    final Fate fate;
    private final DiskFolder top = new DiskFolder();
    private final DiskFileSystem fileSystem = new DiskFileSystem(this);
    private final Deque<byte[]> spares = new ArrayDeque<>();
    private final Set<DiskNode> locks = new HashSet<>();
    private final int capacityPages;
    private int usedPages;
    private int takenPages;
    private int forcesUntilRefused = -1;
    private boolean refusedAForce;

    Disk(Fate fate, int capacityPages) {
        this.fate = fate;
        this.capacityPages = capacityPages;
    }

    Path root() {
        return fileSystem.getPath("/");
    }

    /**
     * The process is gone, the machine is not: all that was written is there, all that was locked is free. What the device
     * refused is in memory only, and the system, which takes it for written, may drop it from there.
     */
    void loseProcess(Chance chance) {
        top.evict(chance);
        loseProcess();
    }

    /** As {@link #loseProcess(Chance)}, and nothing is dropped. */
    void loseProcess() {
        locks.clear();
        forcesUntilRefused = -1;
        refusedAForce = false;
    }

    /** The power is gone. */
    void losePower(Chance chance, CutStyle style) {
        loseProcess();
        top.cut(chance, style);
        usedPages = top.pages();
    }

    /** Another user of the disk takes room, or gives it back. */
    void othersTake(int pages) {
        takenPages = pages;
    }

    /** As {@link #othersTake}, until so much is left. */
    void leaveFree(long bytes) {
        takenPages = Math.max(0, capacityPages - usedPages - (int) (bytes / DiskFile.PAGE_BYTES));
    }

    long freeBytes() {
        return Math.max(0, (long) capacityPages - usedPages - takenPages) * DiskFile.PAGE_BYTES;
    }

    /** The force after this many others fails. */
    void refuseForceAfter(int forces) {
        forcesUntilRefused = forces;
    }

    /** Whether a force has failed since the process began. */
    boolean hasRefusedAForce() {
        return refusedAForce;
    }

    void force(DiskNode node, String name) throws IOException {
        fate.point("before the force of " + name);
        if (forcesUntilRefused == 0 && node instanceof DiskFile file) {
            refusedAForce = true;
            file.refuse();
            forcesUntilRefused = -1;
            throw new IOException("Input/output error");
        }
        forcesUntilRefused = Math.max(-1, forcesUntilRefused - 1);
        node.force();
        fate.point("after the force of " + name);
    }

    void take(int pages) {
        usedPages += pages;
        if (usedPages + takenPages > capacityPages) {
            throw new NoRoomForMappedPage();
        }
    }

    byte[] spare() {
        byte[] page = spares.poll();
        return page == null ? new byte[DiskFile.PAGE_BYTES] : page;
    }

    void giveBack(byte[] page) {
        if (spares.size() < KEPT_SPARES) {
            spares.push(page);
        }
    }

    /** The node of that name, null when there is none. */
    DiskNode find(DiskPath path) {
        DiskNode node = top;
        for (String name : path.names()) {
            if (!(node instanceof DiskFolder folder)) {
                return null;
            }
            node = folder.entries.get(name);
        }
        return node;
    }

    DiskNode get(DiskPath path) throws NoSuchFileException {
        DiskNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    DiskFile file(Path path) {
        return (DiskFile) find((DiskPath) path);
    }

    Map<String, DiskNode> siblings(DiskPath path) throws NoSuchFileException {
        if (!(get(path.getParent()) instanceof DiskFolder folder)) {
            throw new NoSuchFileException(path.toString());
        }
        return folder.entries;
    }

    void remove(DiskPath path) throws IOException {
        DiskNode removed = get(path);
        fate.point("before the removal of " + path.last());
        siblings(path).remove(path.last());
        usedPages -= removed.pages();
    }

    /** Somebody removes all of a folder, durably. */
    void wipe(DiskPath folder) {
        if (find(folder.getParent()) instanceof DiskFolder parent) {
            parent.entries.remove(folder.last());
            parent.force();
            usedPages = top.pages();
        }
    }

    void move(DiskPath from, DiskPath to) throws IOException {
        fate.point("before the renaming to " + to.last());
        DiskNode moved = siblings(from).remove(from.last());
        DiskNode replaced = siblings(to).put(to.last(), moved);
        usedPages -= replaced == null ? 0 : replaced.pages();
        fate.point("after the renaming to " + to.last());
    }

    boolean lock(DiskNode node) {
        return locks.add(node);
    }

    void unlock(DiskNode node) {
        locks.remove(node);
    }

    /** Every file below a folder. */
    List<DiskPath> filesBelow(Path path) {
        List<DiskPath> files = new ArrayList<>();
        collect((DiskPath) path, files);
        return files;
    }

    private void collect(DiskPath path, List<DiskPath> files) {
        DiskNode node = find(path);
        if (node instanceof DiskFolder folder) {
            for (String name : folder.entries.keySet()) {
                collect((DiskPath) path.resolve(name), files);
            }
        } else if (node != null) {
            files.add(path);
        }
    }
}
