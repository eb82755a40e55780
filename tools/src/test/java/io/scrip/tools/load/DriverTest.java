package io.scrip.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The driver against a server that misbehaves once. Only lower bounds of latencies are looked at: noise adds to them. */
final class DriverTest {
    private static final long MS = 1_000_000;
    private static final Wallets WALLETS = Wallets.of(new String[] {"w_0", "w_1"}, new String[] {"k", "k"});

    /** Answers every request on one connection after the other; does something else at one of them. */
    private static final class OddServer implements AutoCloseable {
        private static final byte[] ANSWER =
                "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

        private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        private final int oddRequest;
        private final long stallNs;
        private final Thread thread = new Thread(this::serve, "odd-server");
        private int requests;

        /** @param stallNs before the odd request is answered; 0: it is not, and the connection ends */
        OddServer(int oddRequest, long stallNs) throws IOException {
            this.oddRequest = oddRequest;
            this.stallNs = stallNs;
            thread.start();
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    answer(socket);
                } catch (IOException gone) {
                    // The driver has left, or the test is over: the loop knows.
                }
            }
        }

        private void answer(Socket socket) throws IOException {
            InputStream in = socket.getInputStream();
            // Bodies end with a brace, and have no other.
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read != '}') {
                    continue;
                }
                requests++;
                if (requests == oddRequest && stallNs == 0) {
                    return;
                }
                long untilNs = System.nanoTime() + (requests == oddRequest ? stallNs : 0);
                while (System.nanoTime() - untilNs < 0) {
                    LockSupport.parkNanos(untilNs - System.nanoTime());
                }
                socket.getOutputStream().write(ANSWER);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    private static LoadResult run(LoadPlan plan) throws Exception {
        return Load.run(plan, WALLETS, Mix.TRANSFERS, Skew.UNIFORM, 1, Load.Observer.NONE);
    }

    /** 300 ms of a stall keep 30 requests from being sent; those due in its first 200 ms come at least 100 ms late. */
    @Test
    void requestsThatAStallKeptFromBeingSentCountFromWhenTheyWereDue() throws Exception {
        try (OddServer server = new OddServer(10, 300 * MS)) {
            LoadResult result =
                    run(LoadPlan.closed(server.address(), 1, 600 * MS).atRate(100));
            assertEquals(60, result.answers());
            long late = result.latencies().getCountBetweenValues(100 * MS, Meter.HIGHEST_NS);
            assertTrue(late >= 19, late + " of 60 were late");
            assertTrue(result.latencies().getMaxValue() >= 299 * MS);
        }
    }

    @Test
    void requestOnABrokenConnectionIsLostAndTheNextConnects() throws Exception {
        try (OddServer server = new OddServer(5, 0)) {
            LoadResult result =
                    run(LoadPlan.closed(server.address(), 1, 300 * MS).atRate(100));
            assertEquals(1, result.count(Meter.Count.LOST));
            assertEquals(29, result.answers());
            assertEquals(1, result.faults());
        }
    }

    @Test
    void whatCannotBeSentBeforeTheEndIsCounted() throws Exception {
        try (OddServer server = new OddServer(2, 2_000 * MS)) {
            LoadResult result = run(
                    LoadPlan.closed(server.address(), 1, 50 * MS).atRate(100).drained(300 * MS));
            assertEquals(1, result.answers());
            assertEquals(1, result.count(Meter.Count.LOST));
            assertEquals(3, result.count(Meter.Count.UNSENT));
            assertEquals(4, result.latencies().getTotalCount());
        }
    }
}
