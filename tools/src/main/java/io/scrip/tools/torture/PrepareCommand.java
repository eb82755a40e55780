package io.scrip.tools.torture;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens many wallets with funds, and writes their keys for a load generator. */
@Command(
        name = "prepare",
        description = "Open wallets on a running server, issue credits to each, write their ids and keys to a file.",
        sortOptions = false)
final class PrepareCommand implements Callable<Integer> {

    @CommandLine.Mixin
    private Target target;

    @Option(names = "--wallets", paramLabel = "N", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
    private int wallets;

    @Option(
            names = "--funds",
            paramLabel = "AMOUNT",
            defaultValue = "1000",
            description = "Credits for each (default: ${DEFAULT-VALUE}).")
    private String funds;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String operatorKey = Target.operatorKey(spec.commandLine());
        SplittableRandom random = new SplittableRandom();
        String prefix = "load-" + Long.toHexString(random.nextLong());
        Population population = Population.open(target.server(), operatorKey, prefix, wallets, target.connections());
        Attempt[] funding = new Attempt[wallets];
        for (int wallet = 0; wallet < wallets; wallet++) {
            funding[wallet] = new Attempt(Ids.random(random), Attempt.ISSUANCE, wallet, Credits.micros(funds), wallet);
        }
        Requests requests = new Requests(population, operatorKey);
        Parallel.forEach(wallets, target.server(), target.connections(), (connection, index) -> {
            Answer answer = requests.send(connection, funding[index]);
            if (answer.status() != 201) {
                throw new IOException("issuing was answered " + answer.status() + ": " + answer.shortened());
            }
        });
        try (BufferedWriter file = Files.newBufferedWriter(target.keys(), StandardCharsets.US_ASCII)) {
            for (int wallet = 0; wallet < wallets; wallet++) {
                file.write(population.id(wallet) + " " + population.key(wallet) + "\n");
            }
        }
        spec.commandLine().getOut().printf(Locale.ROOT, "%,d wallets with %s %s each%n", wallets, funds, Credits.TOKEN);
        return 0;
    }
}
