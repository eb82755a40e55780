package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a full disk away from the mapped files, where it would be a fault and not an exception. It answers whether
 * there is room, and holds blocks of its own in a ballast file. When somebody else eats into the reserve the ballast is
 * given back, so that what was already accepted finds its blocks; it is made again when there is room for it.
 *
 * <p>Asks the file system once per stretch of bytes, not once per batch; and again after a tenth of a second, for somebody
 * else may be filling it. One thread.
 */
final class SpaceReserve {
    private static final byte[] ZEROS = new byte[1 << 16];
    /** Blocks that may be mapped and not yet have their bytes on the device, ours and the event log's. */
    private static final int MARGIN_BLOCKS = 8;
    /** So long the answer of the file system holds. */
    static final long HOLDS_NS = 100_000_000;

    private final Path folder;
    private final FreeSpace freeSpace;
    private final long neededBytes;
    private final long ballastBytes;
    private final long stretchBytes;
    private long allowanceBytes;
    private long askedNs;

    SpaceReserve(Path folder, FreeSpace freeSpace, JournalConfig config) {
        this.folder = folder;
        this.freeSpace = freeSpace;
        this.ballastBytes = config.ballastBytes();
        this.stretchBytes = config.blockSizeBytes();
        this.neededBytes = config.reserveBytes() + (long) MARGIN_BLOCKS * config.blockSizeBytes();
    }

    /** Whether {@code lengthBytes} more can be written and leave the reserve untouched. */
    boolean hasRoom(long lengthBytes) {
        if (allowanceBytes >= lengthBytes) {
            return true;
        }
        boolean ballastHeld = Files.exists(ballast());
        long wanted = neededBytes + lengthBytes + (ballastHeld ? 0 : ballastBytes);
        if (usableBytes() < wanted) {
            release();
            return false;
        }
        if (!ballastHeld) {
            hold();
        }
        allowanceBytes = lengthBytes + stretchBytes;
        return true;
    }

    /** Says what time it is, between batches and while nothing comes. */
    void onTime(long nowNs) {
        if (nowNs - askedNs >= HOLDS_NS) {
            allowanceBytes = 0;
            askedNs = nowNs;
        }
    }

    /** Bytes that were written. */
    void used(long lengthBytes) {
        allowanceBytes -= lengthBytes;
    }

    private Path ballast() {
        return folder.resolve(LogFolder.BALLAST_NAME);
    }

    private long usableBytes() {
        try {
            return freeSpace.usableBytes(folder);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot ask for free space of " + folder + ": " + refused, refused);
        }
    }

    private void hold() {
        if (ballastBytes == 0) {
            return;
        }
        try (FileChannel file = Device.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = file.size(); at < ballastBytes; at = file.size()) {
                ByteBuffer zeros = ByteBuffer.wrap(ZEROS, 0, (int) Math.min(ZEROS.length, ballastBytes - at));
                file.write(zeros, at);
            }
        } catch (IOException full) {
            // Space went away between the question and here; the next question will see it.
            release();
        }
    }

    private void release() {
        allowanceBytes = 0;
        if (ballastBytes == 0) {
            return;
        }
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot release " + ballast() + ": " + refused, refused);
        }
    }
}
