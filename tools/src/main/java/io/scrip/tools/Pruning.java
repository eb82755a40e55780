package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.journal.JournalFollower;
import io.scrip.journal.JournalReader;
import io.scrip.journal.LogArchive;
import io.scrip.journal.LogArchive.StoredFile;
import io.scrip.ledger.EventSink;
import io.scrip.ledger.Retention;
import io.scrip.ledger.SnapshotException;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.snapshotter.Recovery;
import io.scrip.snapshotter.SnapshotFile;
import io.scrip.snapshotter.SnapshotHeader;
import io.scrip.snapshotter.SnapshotStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Finds out what may be pruned, and prunes it. The order of the steps makes every one of them safe to die at: the base is
 * durable before the first file is said to be gone, and that is said durably before the file goes. One thread.
 */
final class Pruning {
    private static final EventSink NOWHERE = (eventSequence, event, offset, length) -> {};
    private static final int FEWEST_GOOD = 2;
    private static final int PROGRESS_EVERY = 1_024;

    private final DataFolder folder;
    private final SnapshotStore store;
    private final LogArchive journal;
    private final LogArchive events;
    private final Recovery.Progress progress;

    Pruning(DataFolder folder, Recovery.Progress progress) {
        this.folder = folder;
        this.progress = progress;
        store = new SnapshotStore(folder.snapshots(), FEWEST_GOOD);
        journal = LogArchive.ofJournal(folder.journal());
        events = LogArchive.ofEvents(folder.events());
    }

    /**
     * What would go.
     *
     * @param setAside   archived files of event logs that a start has set aside, of the same commands
     * @param base       the snapshot that the ledger begins with afterwards
     * @param whyNotMore why nothing goes, when nothing does
     */
    record Plan(
            List<StoredFile> journal,
            List<StoredFile> events,
            List<AsideFiles> setAside,
            SnapshotFile base,
            long firstCommandKept,
            long firstEventKept,
            String whyNotMore) {

        boolean isEmpty() {
            return fileCount() == 0;
        }

        int fileCount() {
            int aside = setAside.stream().mapToInt(log -> log.files().size()).sum();
            return journal.size() + events.size() + aside;
        }
    }

    /** What goes of one event log that was set aside. */
    record AsideFiles(LogArchive log, List<StoredFile> files) {
        String name() {
            return log.name();
        }
    }

    /**
     * Finds out.
     *
     * @throws Refusal when there are not two good snapshots that the journal goes on from
     */
    Plan plan(PruneLimit limit, boolean alsoRemembered) throws SnapshotException {
        List<SnapshotFile> good = goodOnes();
        if (good.size() < FEWEST_GOOD) {
            throw new Refusal(
                    ExitCode.FAILED,
                    "only " + good.size() + " snapshot(s) in " + folder.snapshots()
                            + " are good, and nothing is pruned with fewer than two; see `scrip snapshot check`");
        }
        SnapshotFile oldest = good.get(good.size() - 1);
        long lastTimestampNs = requireTheRest(oldest);
        long rememberedFromNs = alsoRemembered ? Long.MAX_VALUE : lastTimestampNs - Retention.STANDARD.windowNs();
        List<StoredFile> commands = new ArrayList<>();
        String why = "no archived file ends before the oldest good snapshot, which is of command " + oldest.sequence();
        for (StoredFile file : journal.prunable(oldest.sequence() - 1)) {
            if (!limit.covers(file)) {
                why = "no archived file ends before the limit";
                break;
            }
            if (file.lastTimestampNs() >= rememberedFromNs) {
                why = "all else is of the last seven days, whose ids are remembered (--also-remembered)";
                break;
            }
            commands.add(file);
        }
        long lastCommand = commands.isEmpty()
                ? journal.prunedSequence()
                : commands.get(commands.size() - 1).lastSequence();
        List<StoredFile> going = Files.isDirectory(folder.events()) ? upTo(lastCommand, events, false) : List.of();
        List<AsideFiles> aside = LogArchive.setAside(folder.events()).stream()
                .map(log -> new AsideFiles(log, upTo(lastCommand, log, true)))
                .filter(log -> !log.files().isEmpty())
                .toList();
        long lastEvent =
                going.isEmpty() ? prunedEvents() : going.get(going.size() - 1).lastSequence();
        return new Plan(commands, going, aside, base(oldest, lastCommand), lastCommand + 1, lastEvent + 1, why);
    }

    /** Snapshots whose every record is right and that the journal goes on from, the newest first. */
    private List<SnapshotFile> goodOnes() throws SnapshotException {
        return store.list().stream().filter(this::isGood).toList();
    }

    private boolean isGood(SnapshotFile file) {
        try {
            SnapshotHeader header = SnapshotStore.header(file);
            SnapshotStore.load(file, Retention.STANDARD, NOWHERE);
            if (header.position() == null) {
                return false;
            }
            SnapshotCommand.requireGoesOn(folder, header);
            return true;
        } catch (SnapshotException | JournalFailure notGood) {
            // It is one that does not count; `scrip snapshot check` says why.
            return false;
        }
    }

    /** Everything that comes after the snapshot must be there, or it is no beginning; the time of the last record. */
    private long requireTheRest(SnapshotFile oldest) throws SnapshotException {
        try (JournalReader reader = JournalReader.openBesideWriter(folder.journal());
                JournalFollower follower = JournalFollower.from(
                        folder.journal(), SnapshotStore.header(oldest).position())) {
            long last = reader.lastSequence();
            long from = oldest.sequence();
            follower.readTo(last, (sequence, timestampNs, command, offset, length) -> {
                if (sequence % PROGRESS_EVERY == 0) {
                    progress.onProgress(sequence - from, last - from);
                }
            });
            return reader.lastTimestampNs();
        }
    }

    /** The one there is, as long as it lies behind what goes: the more of the ledger can be derived again. */
    private SnapshotFile base(SnapshotFile oldest, long lastCommand) throws SnapshotException {
        SnapshotFile present = store.base();
        boolean stays = present != null && present.sequence() > lastCommand && isGood(present);
        return stays ? present : oldest;
    }

    private long prunedEvents() {
        return Files.isDirectory(folder.events()) ? events.prunedSequence() : 0;
    }

    /**
     * Archived files of an event log that hold nothing of later commands: the file behind them tells. The last file of
     * one that was set aside has none behind it and grows no more; its own last event tells.
     */
    private static List<StoredFile> upTo(long lastCommand, LogArchive log, boolean isSetAside) {
        List<StoredFile> all = log.files();
        List<StoredFile> going = new ArrayList<>();
        for (StoredFile file : log.prunable(Long.MAX_VALUE)) {
            int next = all.indexOf(file) + 1;
            boolean isLast = next == all.size();
            if (isLast && (!isSetAside || file.lastSequence() < file.firstSequence())) {
                break;
            }
            StoredFile telling = isLast ? file : all.get(next);
            if (commandOf(log, telling, isLast ? file.lastSequence() : telling.firstSequence()) > lastCommand) {
                break;
            }
            going.add(file);
        }
        return going;
    }

    private static long commandOf(LogArchive log, StoredFile file, long eventSequence) {
        long[] command = {Long.MAX_VALUE};
        if (file.state() != LogArchive.State.MISSING) {
            log.read(file, eventSequence, (sequence, event, offset, length) -> command[0] = commandOf(event, offset));
        }
        return command[0];
    }

    private static long commandOf(DirectBuffer event, int offset) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(event, offset);
        if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
            return new LegEventDecoder()
                    .wrapAndApplyHeader(event, offset, header)
                    .sequence();
        }
        return new DecisionEventDecoder()
                .wrapAndApplyHeader(event, offset, header)
                .sequence();
    }

    /** Does it. */
    void execute(Plan plan) throws SnapshotException {
        SnapshotFile base = store.base();
        if (base == null || base.sequence() != plan.base().sequence() || !isGood(base)) {
            base = store.makeBase(plan.base());
        }
        if (!isGood(base)) {
            throw new Refusal(
                    ExitCode.FAILED, base.path() + " is no good beginning for the ledger; nothing has been pruned");
        }
        journal.prune(plan.firstCommandKept() - 1);
        if (Files.isDirectory(folder.events())) {
            events.prune(plan.firstEventKept() - 1);
        }
        for (AsideFiles aside : plan.setAside()) {
            aside.log().prune(aside.files().get(aside.files().size() - 1).lastSequence());
        }
    }
}
