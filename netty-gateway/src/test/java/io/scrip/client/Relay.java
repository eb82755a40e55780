package io.scrip.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server on which a test can let connections die without a word, as a network does. */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    /** Whether connections that are made from now on are accepted and then say nothing. */
    volatile boolean isMute;

    Relay(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that have been accepted. */
    int accepted() {
        return connections.size();
    }

    /** From now on nothing goes through the connections that there are, in either direction; they stay open. */
    void silence() {
        connections.forEach(connection -> connection.isSilent = true);
    }

    /** Ends the connections that there are. */
    void cut() {
        connections.forEach(Connection::close);
    }

    private void accept() {
        try {
            while (true) {
                Connection connection = new Connection(
                        listener.accept(), new Socket(InetAddress.getLoopbackAddress(), serverPort), isMute);
                connections.add(connection);
                begin(() -> connection.copy(connection.client, connection.server));
                begin(() -> connection.copy(connection.server, connection.client));
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private static void begin(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean isSilent;

        Connection(Socket client, Socket server, boolean isSilent) {
            this.client = client;
            this.server = server;
            this.isSilent = isSilent;
        }

        void copy(Socket from, Socket to) {
            byte[] bytes = new byte[8_192];
            try (InputStream in = from.getInputStream()) {
                OutputStream out = to.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (!isSilent) {
                        out.write(bytes, 0, read);
                    }
                }
            } catch (IOException ended) {
                // The other direction is told below, unless nobody is to be told anything.
            }
            if (!isSilent || from == client) {
                close();
            }
        }

        void close() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
