package io.scrip.tools;

import io.scrip.engine.LiveKeys;
import io.scrip.engine.Pipeline;
import io.scrip.gateway.BindFailure;
import io.scrip.gateway.Gateway;
import io.scrip.gateway.binary.BinaryConfig;
import io.scrip.gateway.feed.EventStreams;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.HistoryConfig;
import io.scrip.gateway.http.Archive;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.replay.EventLogBalances;
import io.scrip.gateway.replay.EventLogOutcomes;
import io.scrip.gateway.ws.StreamConfig;
import io.scrip.gateway.ws.WalletStreams;
import io.scrip.journal.ChronicleEventLog;
import io.scrip.journal.ChronicleJournal;
import io.scrip.journal.EventLogConfig;
import io.scrip.journal.JournalConfig;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.proof.Notary;
import io.scrip.snapshotter.EventFeed;
import io.scrip.snapshotter.KnownPlaces;
import io.scrip.snapshotter.Recovery;
import io.scrip.tools.receipt.ReceiptDesk;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import org.agrona.concurrent.OffsetEpochNanoClock;

/**
 * A running ledger. Everything is wired here, by hand: read {@link #start} from top to bottom and you have seen what
 * there is and what depends on what. The way of a command is then {@link Pipeline}, {@link LedgerProcessor}.
 */
record ScripServer(
        Pipeline pipeline,
        Gateway gateway,
        WalletStreams streams,
        EventStreams feeds,
        Notary notary,
        History history,
        ChronicleEventLog eventLog,
        SnapshotWork snapshots,
        LedgerProcessor core,
        String url,
        String binaryUrl) {

    /**
     * Recovers and serves. What can be refused is refused before the disk is touched, and nobody is served before the
     * ledger is where its journal ends. Leaves by {@link Refusal} or {@link io.scrip.engine.JournalFailure}; the
     * process must then end.
     */
    static ScripServer start(ServerConfig config, PrintWriter out, PrintWriter err) {
        ThreadLayout threads = config.threads().requirePossible();
        InetSocketAddress address = ListenAddress.probe(config.bindAddress(), config.port());
        ListenAddress.probe(config.binary());
        DataFolder folder = DataFolder.open(config.dataFolder());

        // What is on disk: commands, the outcomes derived from them, and how far both need not be read.
        KnownPlaces known = SnapshotWork.known(config.snapshots(), folder);
        ChronicleJournal journal =
                ChronicleJournal.open(JournalConfig.of(folder.journal(), config.durability()), known.journal());
        ChronicleEventLog eventLog = ChronicleEventLog.open(EventLogConfig.of(folder.events()), known.events());

        // What is in memory: a function of the journal.
        LiveKeys keys = new LiveKeys();
        EventFeed events = new EventFeed(eventLog, eventLog::truncateFrom, keys);
        SnapshotWork snapshots = SnapshotWork.prepare(config.snapshots(), folder);
        Recovery recovery = new Recovery(journal, journal::continuesAt, eventLog, Retention.STANDARD, events)
                .tellingOfSnapshots(new ReplayProgress("reading a snapshot", "bytes", err, System::nanoTime));
        Recovery.Recovered recovered = recovery.recover(snapshots.found(), new ReplayProgress(err, System::nanoTime));
        LedgerProcessor core = recovered.core();
        keys.load(core);
        StartReport.print(journal.report(), eventLog.report(), recovered.report(), err);
        long records = journal.lastSequence();
        if (records >= Genesis.steps()) {
            OperatorKey.requireKnown(config.operatorKey(), keys);
        }

        // What proves it to those who do not trust us: signed statements about the events.
        Notary notary = new Notary(folder.proof(), eventLog);
        StartReport.print(notary, err);

        // The engine: from here on the journal is written, by the pipeline's thread alone.
        journal.startWriting();
        EventRelay visibleEvents = new EventRelay();
        Pipeline pipeline = new Pipeline(
                threads.pipeline(),
                journal,
                core,
                new OffsetEpochNanoClock()::nanoTime,
                visibleEvents,
                new Halt(err),
                new PinnedThreads(threads::cpuOfPipeline));
        pipeline.start();
        new Genesis(pipeline).complete(records, config.operatorKey(), out);

        // Behind the engine: a second core that follows the journal and makes snapshots, here or in another process.
        snapshots.start(pipeline, eventLog, err);

        // The outside: live streams, history, receipts, HTTP.
        TokenScales scales = new TokenScales();
        WalletStreams streams = new WalletStreams(eventLog, pipeline, StreamConfig.DEFAULT);
        EventStreams feeds = new EventStreams(eventLog, scales, FeedConfig.DEFAULT);
        notary.onEventsVisible(pipeline.visibleEvent());
        notary.start();
        visibleEvents.to(streams, feeds, notary);
        History history = new History(eventLog, HistoryConfig.DEFAULT);
        Gateway gateway = new Gateway(
                config.gateway(),
                pipeline,
                keys,
                scales,
                new EventLogOutcomes(history, scales),
                new Archive(new EventLogBalances(history), new ReceiptDesk(history, notary), feeds),
                streams::subscribe,
                new PipelineStatus(pipeline),
                snapshots.port());
        gateway.withBinary(config.binary(), history);
        gateway.eventLoopThreads(new PinnedThreads(threads::cpuOfLoop));
        err.println(threads.describe());
        try {
            String url = "http://" + config.bindAddress() + ":" + gateway.start();
            String binaryUrl = gateway.binaryPort() == BinaryConfig.NO_LISTENER
                    ? null
                    : "tcp://" + config.binary().bindAddress() + ":" + gateway.binaryPort();
            return new ScripServer(
                    pipeline, gateway, streams, feeds, notary, history, eventLog, snapshots, core, url, binaryUrl);
        } catch (BindFailure e) {
            throw ListenAddress.inUse(address, e);
        }
    }

    /** Refuses what is new, finishes what was accepted, makes it durable, answers it, and lets go of everything. */
    void stop() {
        pipeline.close();
        gateway.close();
        streams.close();
        feeds.close();
        notary.close();
        history.close();
        eventLog.close();
        // After the pipeline: its threads have ended, so this one may look at the core.
        snapshots.stop(core);
    }
}
