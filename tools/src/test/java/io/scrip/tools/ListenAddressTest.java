package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenAddressTest {

    @Test
    void aFreePortIsLeftFree() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ListenAddress.probe("127.0.0.1", port);
        assertEquals(port, ListenAddress.probe("127.0.0.1", port).getPort());
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            Refusal refusal = assertThrows(Refusal.class, () -> ListenAddress.probe("127.0.0.1", port));
            assertEquals(ExitCode.PORT_IN_USE, refusal.exitCode());
            assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
        }
    }

    @Test
    void anAddressOfAnotherMachineCannotBeListenedOn() {
        Refusal refusal = assertThrows(Refusal.class, () -> ListenAddress.probe("192.0.2.1", 0));
        assertEquals(ExitCode.PORT_IN_USE, refusal.exitCode());
    }

    @Test
    void whatIsNoAddressIsAMistakeOnTheCommandLine() {
        Refusal refusal = assertThrows(Refusal.class, () -> ListenAddress.probe("not an address", 0));
        assertEquals(ExitCode.USAGE, refusal.exitCode());
    }
}
