package io.scrip.tools;

import io.scrip.gateway.binary.BinaryConfig;
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
        return probe("--bind", bindAddress, port);
    }

    private static InetSocketAddress probe(String option, String bindAddress, int port) {
        InetAddress address;
        try {
            address = InetAddress.getAllByName(bindAddress)[0];
        } catch (UnknownHostException e) {
            throw new Refusal(ExitCode.USAGE, option + " " + bindAddress + " is no address of this machine", e);
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

    /** The same for binary connections, if they are to be served over TCP at all. */
    static void probe(BinaryConfig binary) {
        if (binary.port() != BinaryConfig.NO_LISTENER) {
            InetSocketAddress unused = probe("--binary-listen", binary.bindAddress(), binary.port());
        }
    }

    /** Where {@code --binary-listen ADDRESS:PORT} says; {@code null}: nowhere. */
    static BinaryConfig binary(String option) {
        if (option == null) {
            return BinaryConfig.DEFAULT;
        }
        int colon = option.lastIndexOf(':');
        String address = colon < 1 ? "" : option.substring(0, colon);
        String port = option.substring(colon + 1);
        boolean valid = !address.isBlank() && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535;
        if (!valid) {
            throw new Refusal(
                    ExitCode.USAGE, "--binary-listen must be ADDRESS:PORT, 127.0.0.1:8082 for example, not " + option);
        }
        String host =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        return BinaryConfig.DEFAULT.withAddress(host, Integer.parseInt(port));
    }

    static Refusal inUse(InetSocketAddress wanted, Throwable cause) {
        return new Refusal(
                ExitCode.PORT_IN_USE,
                "cannot listen on " + wanted.getAddress().getHostAddress() + ":" + wanted.getPort() + " ("
                        + cause.getMessage()
                        + "); stop what listens there, or choose another --port, --bind or --binary-listen",
                cause);
    }
}
