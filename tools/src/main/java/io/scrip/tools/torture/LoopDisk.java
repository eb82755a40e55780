package io.scrip.tools.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ext4 of its own on a file, mounted through a loop device, whose power can be cut. Needs root. */
final class LoopDisk implements AutoCloseable {
    private final Path image;
    private final Path mountpoint;
    private final Path cutter;
    private boolean mounted;

    LoopDisk(Path folder, long sizeBytes) throws IOException, InterruptedException {
        image = folder.resolve("disk.img");
        mountpoint = folder.resolve("mnt");
        Files.deleteIfExists(image);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
        Files.createDirectories(mountpoint);
        cutter = Tools.script("cut-power.py", folder);
        // No blocks that only root may have: full is full.
        Tools.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        mount();
    }

    static String missing() {
        return Tools.missingForMounts("mkfs.ext4", "mount", "umount", "fallocate", "python3");
    }

    Path mountpoint() {
        return mountpoint;
    }

    /** Whatever is not on the device by now never gets there. */
    void cutPower() throws IOException, InterruptedException {
        Tools.run("python3", cutter.toString(), mountpoint.toString());
    }

    /** The device comes back, with what was on it. */
    void remount() throws IOException, InterruptedException {
        unmount();
        mount();
    }

    /** Fills it but for so many bytes, with what was filled before; nothing is really written. */
    void fillUpTo(long leftBytes) throws IOException, InterruptedException {
        long beforeBytes = Files.exists(filler()) ? Files.size(filler()) : 0;
        long moreBytes = Files.getFileStore(mountpoint).getUsableSpace() - leftBytes;
        if (moreBytes > 0) {
            Tools.run("fallocate", "-l", Long.toString(beforeBytes + moreBytes), filler().toString());
        }
    }

    void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return mountpoint.resolve("filler");
    }

    private void mount() throws IOException, InterruptedException {
        Tools.run("mount", "-o", "loop", image.toString(), mountpoint.toString());
        mounted = true;
    }

    private void unmount() throws IOException, InterruptedException {
        Tools.unmount(mountpoint);
        mounted = false;
    }

    @Override
    public void close() throws IOException {
        try {
            if (mounted) {
                unmount();
            }
            Files.deleteIfExists(image);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
