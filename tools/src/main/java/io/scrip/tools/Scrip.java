package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.tools.killtest.KillTestCommand;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code scrip} command. Every failure of every subcommand leaves through {@link #run}: one line on stderr and an
 * {@link ExitCode}, never a stack trace.
 */
@Command(
        name = "scrip",
        description = "The ledger that agent and creator economies run on.",
        subcommands = {WatchCommand.class, VersionCommand.class, KillTestCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"  test       Run every check and test; see `scrip test --help`.", "", "Start with: scrip serve"})
public final class Scrip {
    private static final int HELP_WIDTH = 110;

    private Scrip() {}

    /** Runs one subcommand and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one subcommand in this process. */
    static int run(String... args) {
        CommandLine commandLine = new CommandLine(new Scrip());
        addCommonParts(commandLine);
        commandLine.setParameterExceptionHandler((failure, arguments) -> {
            String command = failure.getCommandLine().getCommandSpec().qualifiedName(" ");
            return report(
                    failure.getCommandLine().getErr(),
                    ExitCode.USAGE,
                    oneLine(failure.getMessage()) + "; see `" + command + " --help`");
        });
        commandLine.setExecutionExceptionHandler(
                (failure, command, arguments) -> report(command.getErr(), exitCodeOf(failure), describe(failure)));
        if (args.length == 0) {
            commandLine.usage(commandLine.getErr());
            return ExitCode.USAGE.number();
        }
        return commandLine.execute(args);
    }

    private static void addCommonParts(CommandLine commandLine) {
        CommandLine.Model.CommandSpec spec = commandLine.getCommandSpec();
        spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        Map<String, String> exitCodes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values())
                .forEach(code -> exitCodes.put(String.format("%3d", code.number()), code.meaning()));
        spec.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes)
                .width(HELP_WIDTH);
        commandLine.getSubcommands().values().forEach(Scrip::addCommonParts);
    }

    private static ExitCode exitCodeOf(Exception failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.exitCode();
        }
        if (failure instanceof JournalFailure journal) {
            return ExitCode.of(journal.kind());
        }
        return ExitCode.INTERNAL;
    }

    private static String describe(Exception failure) {
        if (exitCodeOf(failure) != ExitCode.INTERNAL) {
            return oneLine(failure.getMessage());
        }
        LoggerFactory.getLogger(Scrip.class).debug("internal fault", failure);
        return "internal fault: " + oneLine(failure.toString())
                + "; run again with SCRIP_LOG_LEVEL=debug for its trace";
    }

    private static int report(PrintWriter err, ExitCode code, String line) {
        err.println("scrip: " + line);
        err.flush();
        return code.number();
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
