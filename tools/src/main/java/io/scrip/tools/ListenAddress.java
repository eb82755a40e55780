package io.scrip.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks whether the address can be had, before anything else is touched. */
final class ListenAddress {
    private ListenAddress() {}

    /** Binds and lets go again. What takes the port in between is met, and told the same way, by the gateway. */
    static InetSocketAddress probe(String bindAddress, int port) {
        InetAddress address;
        try {
            address = InetAddress.getAllByName(bindAddress)[0];
        } catch (UnknownHostException e) {
            throw new Refusal(ExitCode.USAGE, "--bind " + bindAddress + " is no address of this machine", e);
        }
        InetSocketAddress wanted = new InetSocketAddress(address, port);
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: a port whose last connections are still in TIME_WAIT is free.
            socket.setReuseAddress(true);
            socket.bind(wanted);
        } catch (IOException e) {
            throw inUse(wanted, e);
        }
        return wanted;
    }

    static Refusal inUse(InetSocketAddress wanted, Throwable cause) {
        return new Refusal(
                ExitCode.PORT_IN_USE,
                "cannot listen on " + wanted.getAddress().getHostAddress() + ":" + wanted.getPort() + " ("
                        + cause.getMessage() + "); stop what listens there, or choose another --port or --bind",
                cause);
    }
}
