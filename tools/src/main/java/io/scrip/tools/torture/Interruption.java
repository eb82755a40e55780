package io.scrip.tools.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Leaves nothing behind when this process is told to end in the middle (SIGTERM, Ctrl-C): no server, no tracer, no
 * mount, no loop device, no temporary folder. While one is installed, every process of ours is started through
 * {@link #start}, and none any more once the end has begun.
 *
 * <p>Order: processes end, except those that are disks; what they had open is unmounted; then the disks end.
 */
final class Interruption {
    private static final int ORDERLY_END_MS = 3_000;
    private static final int LANES_END_S = 10;
    private static final int TRIES = 50;
    private static final int PAUSE_MS = 100;
    private static final List<String> DISKS = List.of("nbdkit", "nbdfuse");
    private static final Object STARTING = new Object();
    private static Thread ending;

    private final Path scratch;
    private final boolean temporary;
    private final Thread hook = new Thread(this::end, "scrip-torture-end");
    private final CountDownLatch workOver = new CountDownLatch(1);

    private Interruption(Path scratch, boolean temporary) {
        this.scratch = scratch.toAbsolutePath().normalize();
        this.temporary = temporary;
    }

    /**
     * From now on until the work is over.
     *
     * @param scratch   below which all mounts are
     * @param temporary whether it goes, too
     */
    static Interruption install(Path scratch, boolean temporary) {
        Interruption installed = new Interruption(scratch, temporary);
        Runtime.getRuntime().addShutdownHook(installed.hook);
        return installed;
    }

    /** Starts a process that must not outlive this one. */
    static Process start(ProcessBuilder builder) throws IOException {
        synchronized (STARTING) {
            if (isOver()) {
                throw new IOException("told to end: nothing is started any more");
            }
            return builder.start();
        }
    }

    /** Whether the end has begun, and the caller is not the one that brings it about. */
    static boolean isOver() {
        synchronized (STARTING) {
            return ending != null && ending != Thread.currentThread();
        }
    }

    /** The work is over; waits for ever when the end has begun, for it takes away what is to be reported. */
    void workIsOver() throws InterruptedException {
        workOver.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException begun) {
            new CountDownLatch(1).await();
        }
    }

    private void end() {
        synchronized (STARTING) {
            ending = Thread.currentThread();
        }
        try {
            endProcesses(withoutDisks());
            workOver.await(LANES_END_S, TimeUnit.SECONDS);
            unmount();
            endProcesses(ProcessHandle.current().descendants().toList());
            if (temporary) {
                delete();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("could not clean up below " + scratch + ": " + e);
        }
    }

    private static List<ProcessHandle> withoutDisks() {
        return ProcessHandle.current()
                .descendants()
                .filter(handle -> !isDisk(handle))
                .toList();
    }

    private static boolean isDisk(ProcessHandle handle) {
        String program = handle.info().command().orElse("");
        return DISKS.stream().anyMatch(disk -> program.endsWith("/" + disk));
    }

    /** SIGTERM first: some have folders of their own to remove. */
    private static void endProcesses(List<ProcessHandle> handles) throws InterruptedException {
        handles.forEach(ProcessHandle::destroy);
        for (int ms = 0; ms < ORDERLY_END_MS && handles.stream().anyMatch(ProcessHandle::isAlive); ms += PAUSE_MS) {
            Thread.sleep(PAUSE_MS);
        }
        handles.forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < TRIES && handles.stream().anyMatch(ProcessHandle::isAlive); i++) {
            Thread.sleep(PAUSE_MS);
        }
    }

    private void unmount() throws IOException, InterruptedException {
        for (Mount mount : mounts()) {
            if (!mount.fuse()) {
                unmount(mount.point());
            }
        }
        for (String line : loopDevices()) {
            String[] device = line.strip().split("\\s+", 2);
            if (device.length == 2 && device[1].startsWith(scratch.toString())) {
                Tools.run("losetup", "--detach", device[0]);
            }
        }
        for (Mount mount : mounts()) {
            Tools.run("fusermount3", "-u", "-z", mount.point());
        }
    }

    private static List<String> loopDevices() throws IOException, InterruptedException {
        boolean possible = Tools.missingForMounts("losetup") == null;
        return possible
                ? Tools.run("losetup", "--list", "--noheadings", "--output", "NAME,BACK-FILE")
                        .lines()
                        .toList()
                : List.of();
    }

    private static void unmount(String point) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                Tools.run("umount", point);
                return;
            } catch (IOException busy) {
                if (i == TRIES) {
                    throw busy;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private record Mount(String point, boolean fuse) {}

    /** Below the folder, the last one first. */
    private List<Mount> mounts() throws IOException {
        List<Mount> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"), StandardCharsets.UTF_8)) {
            String[] word = line.split(" ");
            String point = word[1].replace("\\040", " ");
            if (Path.of(point).startsWith(scratch)) {
                found.add(new Mount(point, word[2].startsWith("fuse")));
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** Threads that are not through yet may still write. */
    private void delete() throws IOException, InterruptedException {
        for (int i = 0; Files.exists(scratch); i++) {
            try {
                KillTestCommand.deleteRecursively(scratch);
            } catch (IOException | java.io.UncheckedIOException changing) {
                if (i == TRIES) {
                    throw changing;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }
}
