package io.scrip.tools.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An ext4 on a device with a volatile cache of our own (nbdkit behind FUSE behind a loop device). A power cut keeps a
 * random half of the 512-byte sectors that were written and not flushed. Needs root.
 */
final class TornDisk implements AutoCloseable {
    private static final int APPEAR_LIMIT_S = 60;
    private static final int PAUSE_MS = 50;

    private final Path folder;
    private final Path image;
    private final Path pending;
    private final Path plugin;
    private final Path mountpoint;
    private Process disk;
    private Process fuse;
    private String loop;
    private int lives;

    TornDisk(Path parent, long sizeBytes) throws IOException, InterruptedException {
        // A folder of its own: the sockets of an earlier disk are still there.
        folder = Files.createTempDirectory(parent, "torn");
        image = folder.resolve("torn.img");
        pending = folder.resolve("pending");
        mountpoint = folder.resolve("torn");
        plugin = Tools.script("torn-disk.py", folder);
        Files.deleteIfExists(image);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        Files.createDirectories(mountpoint);
        Tools.run("mkfs.ext4", "-q", "-F", image.toString());
        powerOn();
    }

    static String missing() {
        String missing = Tools.missingForMounts("mkfs.ext4", "losetup", "nbdkit", "nbdfuse", "fusermount3", "python3");
        return missing != null || Files.exists(Path.of("/dev/fuse")) ? missing : "needs /dev/fuse";
    }

    Path mountpoint() {
        return mountpoint;
    }

    /** The device is gone from one moment to the next. */
    void cutPower() throws InterruptedException {
        disk.destroyForcibly();
        disk.waitFor();
    }

    /** Decides what of the cache arrived, and brings the device back. The file system must not be in use. */
    void powerOnAfterCut(long seed) throws IOException, InterruptedException {
        powerOff();
        Tools.run("python3", plugin.toString(), image.toString(), pending.toString(), Long.toString(seed));
        powerOn();
    }

    private void powerOn() throws IOException, InterruptedException {
        lives++;
        Path socket = folder.resolve("nbd-" + lives);
        Path exported = Files.createDirectories(folder.resolve("fuse-" + lives));
        disk = Tools.start(
                folder.resolve("nbdkit.txt"),
                List.of(
                        "nbdkit",
                        "--foreground",
                        "--unix",
                        socket.toString(),
                        "python",
                        plugin.toString(),
                        "image=" + image,
                        "pending=" + pending));
        await(socket);
        Path device = exported.resolve("disk");
        fuse = Tools.start(
                folder.resolve("nbdfuse.txt"), List.of("nbdfuse", device.toString(), "nbd+unix:///?socket=" + socket));
        await(device);
        loop = Tools.run("losetup", "--find", "--show", device.toString());
        Tools.run("mount", loop, mountpoint.toString());
    }

    private static void await(Path path) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(APPEAR_LIMIT_S);
        while (!Files.exists(path)) {
            if (System.nanoTime() > deadlineNs) {
                throw new IOException(path + " did not appear");
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private void powerOff() throws IOException, InterruptedException {
        Tools.unmount(mountpoint);
        Tools.run("losetup", "--detach", loop);
        Tools.run("fusermount3", "-u", "-z", folder.resolve("fuse-" + lives).toString());
        fuse.destroyForcibly();
        fuse.waitFor();
        disk.destroyForcibly();
        disk.waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            powerOff();
            Files.deleteIfExists(image);
            Files.deleteIfExists(pending);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
