package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that the commands beside {@code wrk} share: a server that already runs, and the file of its wallets. */
final class Target {
    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Of a server on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "One wallet a line: its id and its key.")
    private Path keys;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "32", description = "Default: ${DEFAULT-VALUE}.")
    private int connections;

    InetSocketAddress server() {
        return ServerProcess.loopback(port);
    }

    int connections() {
        return connections;
    }

    Path keys() {
        return keys;
    }

    Population population() throws IOException {
        List<String> lines = Files.readAllLines(keys, StandardCharsets.US_ASCII);
        String[] ids = new String[lines.size()];
        String[] secrets = new String[lines.size()];
        for (int index = 0; index < ids.length; index++) {
            String[] parts = lines.get(index).split(" ", -1);
            if (parts.length != 2) {
                throw new IOException(keys + " line " + (index + 1) + " is not: wallet key");
            }
            ids[index] = parts[0];
            secrets[index] = parts[1];
        }
        return Population.of(ids, secrets);
    }

    static String operatorKey(CommandLine commandLine) {
        String key = System.getenv("SCRIP_OPERATOR_KEY");
        if (key == null) {
            throw new CommandLine.ParameterException(
                    commandLine, "set SCRIP_OPERATOR_KEY to the server's operator key");
        }
        return key;
    }
}
