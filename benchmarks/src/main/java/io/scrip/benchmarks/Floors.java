package io.scrip.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What a durable answer over the network cannot take less than: one flush of the device, one way there and back. */
final class Floors {
    private static final int BLOCK_BYTES = 4_096;
    private static final int BLOCKS = 1_024;
    private static final int ROUNDS = 2_000;
    private static final int WARM_UP = 500;
    private static final int MESSAGE_BYTES = 107;

    private Floors() {}

    /** Writes and forces 4 KiB at a time over a file that is there already, on the device that holds the folder. */
    static long fdatasyncP50Ns(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "floor-", ".bin");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear(), (long) i * BLOCK_BYTES);
            }
            channel.force(true);
            long[] tookNs = new long[ROUNDS];
            for (int i = 0; i < WARM_UP + ROUNDS; i++) {
                long startNs = System.nanoTime();
                channel.write(block.clear(), (long) (i % BLOCKS) * BLOCK_BYTES);
                channel.force(false);
                if (i >= WARM_UP) {
                    tookNs[i - WARM_UP] = System.nanoTime() - startNs;
                }
            }
            return median(tookNs);
        } finally {
            Files.delete(file);
        }
    }

    /** Sends as many bytes as a transfer has to an echo in another thread. */
    static long loopbackP50Ns() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Thread echo = new Thread(() -> echo(accepted), "echo");
            echo.setDaemon(true);
            echo.start();
            client.setTcpNoDelay(true);
            byte[] message = new byte[MESSAGE_BYTES];
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            long[] tookNs = new long[ROUNDS];
            for (int i = 0; i < WARM_UP + ROUNDS; i++) {
                long startNs = System.nanoTime();
                out.write(message);
                if (in.readNBytes(message, 0, MESSAGE_BYTES) < MESSAGE_BYTES) {
                    throw new IOException("the echo has ended");
                }
                if (i >= WARM_UP) {
                    tookNs[i - WARM_UP] = System.nanoTime() - startNs;
                }
            }
            client.shutdownOutput();
            echo.join();
            return median(tookNs);
        }
    }

    private static void echo(Socket socket) {
        byte[] bytes = new byte[BLOCK_BYTES];
        try {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                out.write(bytes, 0, read);
            }
        } catch (IOException ended) {
            // The other side is gone; it knows why.
        }
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
