package io.scrip.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** How long the device of scratch data takes to make 4 KiB durable that are written in place. */
final class DeviceFlush {
    private static final int BLOCK_BYTES = 4_096;
    private static final int BLOCKS = 256;
    private static final int WARM_UPS = 200;
    private static final int FLUSHES = 2_000;

    private DeviceFlush() {}

    static double medianNs() throws IOException {
        Path file = Files.createTempFile("scrip-bench-", ".flush");
        file.toFile().deleteOnExit();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                write(channel, block, i);
            }
            channel.force(true);
            long[] tookNs = new long[FLUSHES];
            for (int i = -WARM_UPS; i < FLUSHES; i++) {
                long beganNs = System.nanoTime();
                write(channel, block, Math.floorMod(i, BLOCKS));
                channel.force(false);
                if (i >= 0) {
                    tookNs[i] = System.nanoTime() - beganNs;
                }
            }
            Arrays.sort(tookNs);
            return tookNs[FLUSHES / 2];
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block, int index) throws IOException {
        block.clear();
        block.putInt(0, index);
        while (block.hasRemaining()) {
            channel.write(block, (long) index * BLOCK_BYTES + block.position());
        }
    }
}
