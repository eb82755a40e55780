package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.ledger.SnapshotException;
import io.scrip.tools.backup.BackupCommand;
import io.scrip.tools.backup.RestoreCommand;
import io.scrip.tools.damage.DamageCommand;
import io.scrip.tools.inspect.DumpCommand;
import io.scrip.tools.inspect.ReplayCommand;
import io.scrip.tools.inspect.VerifyCommand;
import io.scrip.tools.load.LoadCommand;
import io.scrip.tools.receipt.VerifyReceiptCommand;
import io.scrip.tools.torture.KillTestCommand;
import io.scrip.tools.torture.TortureCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
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
        description = {
            "The ledger that agent and creator economies run on. Start it with `scrip serve`.",
            "`scrip test` runs every check and test; `scrip test --help` tells more.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        synopsisSubcommandLabel = "COMMAND")
public final class Scrip {
    private static final int HELP_WIDTH = 110;
    /** By their names, in the order of the help. */
    static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("serve", ServeCommand.class);
        COMMANDS.put("snapshot", SnapshotCommand.class);
        COMMANDS.put("snapshotter", SnapshotterCommand.class);
        COMMANDS.put("archive", ArchiveCommand.class);
        COMMANDS.put("watch", WatchCommand.class);
        COMMANDS.put("verify", VerifyCommand.class);
        COMMANDS.put("replay", ReplayCommand.class);
        COMMANDS.put("dump", DumpCommand.class);
        COMMANDS.put("backup", BackupCommand.class);
        COMMANDS.put("restore", RestoreCommand.class);
        COMMANDS.put("version", VersionCommand.class);
        COMMANDS.put("load", LoadCommand.class);
        COMMANDS.put("kill-test", KillTestCommand.class);
        COMMANDS.put("simulate", SimulateCommand.class);
        COMMANDS.put("damage", DamageCommand.class);
        COMMANDS.put("torture", TortureCommand.class);
        COMMANDS.put("verify-receipt", VerifyReceiptCommand.class);
    }

    private Scrip() {}

    /** Runs one subcommand and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    /** UTF-8 whatever the locale: it is what the texts are written in. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    /** Runs one subcommand in this process. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = new CommandLine(new Scrip());
        // First of all: what is set is set for those that are there.
        addCommands(commandLine, args.length == 0 ? "" : args[0]);
        commandLine.setOut(out).setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        addCommonParts(commandLine);
        commandLine
                .getCommandSpec()
                .versionProvider(() -> new String[] {VersionCommand.describe()})
                .addOption(CommandLine.Model.OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Print what `scrip version` prints.")
                        .build());
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

    /** Looking at the options of all of them would be a tenth of a server's start. */
    private static void addCommands(CommandLine commandLine, String wanted) {
        if (COMMANDS.containsKey(wanted)) {
            commandLine.addSubcommand(wanted, COMMANDS.get(wanted));
        } else {
            COMMANDS.forEach(commandLine::addSubcommand);
        }
    }

    private static void addCommonParts(CommandLine commandLine) {
        CommandLine.Model.CommandSpec spec = commandLine.getCommandSpec();
        spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        Map<String, String> exitCodes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values())
                .forEach(code -> exitCodes.put(String.format(Locale.ROOT, "%3d", code.number()), code.meaning()));
        spec.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes)
                .width(HELP_WIDTH);
        commandLine.getSubcommands().values().forEach(Scrip::addCommonParts);
    }

    static ExitCode exitCodeOf(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return refusal.exitCode();
        }
        if (failure instanceof JournalFailure journal) {
            return ExitCode.of(journal.kind());
        }
        return failure instanceof SnapshotException ? ExitCode.FAILED : ExitCode.INTERNAL;
    }

    /** One line that says what went wrong, for whoever runs the command. */
    static String describe(Throwable failure) {
        if (exitCodeOf(failure) != ExitCode.INTERNAL) {
            return plain(oneLine(failure.getMessage()));
        }
        LoggerFactory.getLogger(Scrip.class).debug("internal fault", failure);
        return "internal fault: " + oneLine(failure.toString())
                + "; run again with SCRIP_LOG_LEVEL=debug for its trace";
    }

    /** What the system refused, in words that are not Java's. */
    static String plain(String text) {
        return text.replace("java.nio.file.AccessDeniedException: ", "no permission for ")
                .replace("java.nio.file.NoSuchFileException: ", "there is no ")
                .replace("java.nio.file.ReadOnlyFileSystemException", "the file system is read-only")
                .replace("java.nio.file.FileSystemException: ", "")
                .replace("java.io.IOException: ", "");
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
