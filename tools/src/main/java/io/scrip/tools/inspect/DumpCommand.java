package io.scrip.tools.inspect;

import io.scrip.journal.EventLogReader;
import io.scrip.journal.JournalReader;
import io.scrip.tools.DataFolder;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import io.scrip.tools.ReplayProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Shows what is in the files. */
@Command(
        name = "dump",
        description = {
            "Print the records of the journal, or of the event log, one a line, every field of every kind of message."
                    + " Keys show as hashes, as they are stored. Changes nothing; beside a running server the journal is"
                    + " read as far as it was complete, and the event log not at all.",
            ""
        },
        sortOptions = false)
public final class DumpCommand implements Callable<Integer> {
    private static final int PROGRESS_EVERY = 1_024;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder (default: data beside the launcher).")
    private Path data = Path.of(System.getProperty("scrip.home", "."), "data");

    @Option(names = "--from", paramLabel = "N", description = "First sequence (default: the first there is).")
    private Long from;

    @Option(names = "--to", paramLabel = "N", description = "Last sequence (default: the last there is).")
    private Long to;

    @Option(names = "--events", description = "Events instead of commands; sequences are then event sequences.")
    private boolean events;

    @Option(names = "--json", description = "One JSON object a line. 64-bit numbers are text.")
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private MessageText text;
    private PrintWriter out;
    private ReplayProgress progress;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        out = spec.commandLine().getOut();
        ReplayCommand.requirePositive("--from", from);
        ReplayCommand.requirePositive("--to", to);
        long first = from == null ? 0 : from;
        long last = to == null ? Long.MAX_VALUE : to;
        if (last < first) {
            throw new Refusal(ExitCode.USAGE, "--to " + last + " comes before --from " + first);
        }
        DataFolder folder = DataFolder.existing(data);
        text = new MessageText(MessageSchema.load());
        progress = new ReplayProgress("dumping", err, System::nanoTime);
        if (events) {
            dumpEvents(folder.events(), first, last);
        } else {
            dumpJournal(folder.journal(), first, last, err);
        }
        out.flush();
        return ExitCode.OK.number();
    }

    private void dumpJournal(Path path, long first, long last, PrintWriter err) {
        try (JournalReader journal = ReplayCommand.openAnyhow(path, err)) {
            long end = Math.min(last, journal.lastSequence());
            journal.read(
                    first == 0 ? journal.firstSequence() : first,
                    end,
                    (sequence, timestampNs, command, offset, length) ->
                            print("sequence", sequence, timestampNs, end, command, offset, length));
        }
    }

    private void dumpEvents(Path path, long first, long last) {
        try (EventLogReader log = EventLogReader.open(path)) {
            if (first != 0 && first < log.firstSequence()) {
                throw new Refusal(
                        ExitCode.PRUNED,
                        "--from " + first + ": the events before " + log.firstSequence() + " have been pruned");
            }
            while (log.sequence() < last && log.next()) {
                if (log.sequence() >= first) {
                    print("event_sequence", log.sequence(), 0, last, log.buffer(), log.offset(), log.length());
                }
            }
            EventLogReader.Fault fault = log.fault();
            if (fault != null) {
                out.flush();
                Finding finding = Finding.at(
                        Finding.Part.EVENTS, fault.file(), fault.offsetBytes(), fault.eventSequence(), fault.reason());
                throw new Refusal(
                        ExitCode.FAILED, finding.line() + "; " + finding.part().advice());
            }
        }
    }

    private void print(
            String key, long sequence, long timestampNs, long last, DirectBuffer message, int offset, int length) {
        Map<String, Object> decoded = text.decode(message, offset, length);
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put(key, sequence);
            if (timestampNs != 0) {
                object.put("time", InspectText.time(timestampNs));
            }
            object.putAll(decoded);
            out.println(JsonMapper.shared().writeValueAsString(object));
        } else {
            String time = timestampNs == 0 ? "" : InspectText.time(timestampNs) + " ";
            out.println(sequence + " " + time + DumpLine.of(decoded));
        }
        if (out.checkError()) {
            throw new Refusal(ExitCode.DISK, "cannot write to stdout");
        }
        if (sequence % PROGRESS_EVERY == 0 && last != Long.MAX_VALUE) {
            progress.onProgress(sequence, last);
        }
    }
}
