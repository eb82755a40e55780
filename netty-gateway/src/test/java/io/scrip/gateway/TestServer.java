package io.scrip.gateway;

import io.scrip.engine.CommandPort;
import io.scrip.engine.EventListener;
import io.scrip.engine.KeyDirectory;
import io.scrip.engine.LiveKeys;
import io.scrip.engine.Pipeline;
import io.scrip.engine.PipelineConfig;
import io.scrip.engine.ReplySink;
import io.scrip.engine.SnapshotPort;
import io.scrip.gateway.auth.ApiKey;
import io.scrip.gateway.binary.BinaryConfig;
import io.scrip.gateway.feed.EventStreams;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.history.ArrayEventLog;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.HistoryConfig;
import io.scrip.gateway.http.Archive;
import io.scrip.gateway.http.EngineStatus;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.replay.EventLogBalances;
import io.scrip.gateway.replay.EventLogOutcomes;
import io.scrip.gateway.ws.StreamConfig;
import io.scrip.gateway.ws.WalletStreams;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetFeeEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.TransferKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A whole server on a free port: real core, pipeline, streams and gateway over a journal and event log in memory. */
public final class TestServer implements AutoCloseable {
    public static final String OPERATOR_KEY = ApiKey.OPERATOR_PREFIX + "A".repeat(43);

    public final ArrayEventLog log = new ArrayEventLog();
    public final MemoryJournal journal = new MemoryJournal();
    public final TokenScales scales = new TokenScales();
    /** How far the server's clock is ahead of the machine's: what a test need not wait for. */
    public final AtomicLong clockAheadMs = new AtomicLong();
    /** Where wishes for snapshots go. */
    public volatile SnapshotPort snapshots = SnapshotPort.NONE;

    /** Wallets whose keys have been taken away, whatever the ledger says. */
    public final Set<Long> withoutKeys = ConcurrentHashMap.newKeySet();

    public final AtomicReference<Throwable> fault = new AtomicReference<>();
    public final ScriptedReceipts receipts = new ScriptedReceipts();
    public final PortSwitch port;
    public final Gateway gateway;
    private final Pipeline pipeline;
    private final History history;
    private final WalletStreams streams;
    private final EventStreams feeds;
    private final int tcpPort;
    private long lastId;

    /** A command port that a test can make refuse, or swallow, what is offered. */
    public static final class PortSwitch implements CommandPort {
        private final CommandPort engine;
        public volatile boolean full;
        public volatile boolean silent;
        public volatile boolean broken;
        public volatile String cause;
        public final AtomicInteger offers = new AtomicInteger();

        PortSwitch(CommandPort engine) {
            this.engine = engine;
        }

        @Override
        public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
            if (full || cause != null) {
                return false;
            }
            if (silent) {
                offers.incrementAndGet();
            }
            return silent || engine.offer(message, offset, length, sink, correlationId);
        }

        @Override
        public String refusalCause() {
            return cause != null ? cause : engine.refusalCause();
        }
    }

    public TestServer(GatewayConfig config) {
        this(config, FeedConfig.DEFAULT);
    }

    public TestServer(GatewayConfig config, FeedConfig feedConfig) {
        this(config, feedConfig, BinaryConfig.DEFAULT.withAddress("127.0.0.1", 0));
    }

    public TestServer(GatewayConfig config, FeedConfig feedConfig, BinaryConfig binaryConfig) {
        LiveKeys keys = new LiveKeys();
        LedgerProcessor processor = new LedgerProcessor(Retention.STANDARD, (eventSequence, event, offset, length) -> {
            log.append(eventSequence, event, offset, length);
            keys.onEvent(event, offset);
        });
        AtomicReference<EventListener> listener = new AtomicReference<>(eventSequence -> {});
        pipeline = new Pipeline(
                new PipelineConfig(1024, true, false),
                journal,
                processor,
                () -> (System.currentTimeMillis() + clockAheadMs.get()) * 1_000_000,
                eventSequence -> listener.get().onEventsVisible(eventSequence),
                fault::set);
        pipeline.start();
        port = new PortSwitch(pipeline);
        history = new History(log, HistoryConfig.DEFAULT);
        streams = new WalletStreams(log, port, StreamConfig.DEFAULT);
        feeds = new EventStreams(log, scales, feedConfig);
        listener.set(eventSequence -> {
            streams.onEventsVisible(eventSequence);
            feeds.onEventsVisible(eventSequence);
        });
        genesis();
        gateway = new Gateway(
                        config.withAddress("127.0.0.1", 0),
                        port,
                        new KeysLeft(keys, withoutKeys),
                        scales,
                        new EventLogOutcomes(history, scales),
                        new Archive(new EventLogBalances(history), receipts, feeds),
                        streams::subscribe,
                        new Status(pipeline),
                        () -> snapshots.requestSnapshot())
                .withBinary(binaryConfig, history);
        try {
            tcpPort = gateway.start();
        } catch (BindFailure e) {
            throw new IllegalStateException(e);
        }
    }

    public TestServer() {
        this(GatewayConfig.defaults());
    }

    private record KeysLeft(KeyDirectory keys, Set<Long> without) implements KeyDirectory {
        @Override
        public boolean isWalletKey(long wallet, long keyHashHigh, long keyHashLow) {
            return !without.contains(wallet) && keys.isWalletKey(wallet, keyHashHigh, keyHashLow);
        }

        @Override
        public boolean isOperatorKey(long keyHashHigh, long keyHashLow) {
            return keys.isOperatorKey(keyHashHigh, keyHashLow);
        }
    }

    private record Status(Pipeline pipeline) implements EngineStatus {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public long ringRemaining() {
            return pipeline.freeSlots();
        }

        @Override
        public long journalSequence() {
            return pipeline.visibleSequence();
        }

        @Override
        public long eventSequence() {
            return pipeline.visibleEvent();
        }
    }

    public int tcpPort() {
        return tcpPort;
    }

    public int binaryPort() {
        return gateway.binaryPort();
    }

    private void genesis() {
        registerToken("CRD", 6, true);
        registerToken("USD", 2, true);
        registerToken("REP", 6, false);
        UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
        RegisterOperatorKeyEncoder command =
                new RegisterOperatorKeyEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        command.id().high(8).low(++lastId);
        command.caller().role(Role.SYSTEM).wallet(0);
        ApiKey.Hash hash = ApiKey.hash(OPERATOR_KEY);
        command.keyHashHigh(hash.high()).keyHashLow(hash.low());
        send(message, command.encodedLength());
    }

    /** Registers a token behind the gateway's back. */
    public void registerToken(String code, int scale, boolean transferable) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
        RegisterTokenEncoder command =
                new RegisterTokenEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        command.id().high(8).low(++lastId);
        command.caller().role(Role.SYSTEM).wallet(0);
        command.token(TokenCodes.parse(code)).scale((short) scale).transferable((short) (transferable ? 1 : 0));
        send(message, command.encodedLength());
    }

    /** Sets a fee without bounds behind the gateway's back. */
    public void setFee(TransferKind kind, FeePayer payer, int basisPoints, String revenueWallet) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
        SetFeeEncoder command = new SetFeeEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        command.id().high(8).low(++lastId);
        command.caller().role(Role.OPERATOR).wallet(0);
        command.kind(kind)
                .payer(payer)
                .basisPoints(basisPoints)
                .minimum(0)
                .maximum(Long.MAX_VALUE)
                .revenueWallet(WalletIds.parse(revenueWallet));
        send(message, command.encodedLength());
    }

    /** Puts a wallet below another behind the gateway's back. */
    public void setParent(String wallet, String parent) {
        UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
        SetParentEncoder command = new SetParentEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        command.id().high(8).low(++lastId);
        command.caller().role(Role.OPERATOR).wallet(0);
        command.wallet(WalletIds.parse(wallet)).parent(WalletIds.parse(parent));
        send(message, command.encodedLength());
    }

    private void send(DirectBuffer message, int lengthBytes) {
        CountDownLatch answered = new CountDownLatch(1);
        ReplySink sink = new ReplySink() {
            @Override
            public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
                answered.countDown();
            }

            @Override
            public void onBatchEnd() {
                // One reply, nothing to flush.
            }
        };
        try {
            if (!pipeline.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + lengthBytes, sink, 0)
                    || !answered.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the pipeline does not answer");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        streams.close();
        feeds.close();
        history.close();
        pipeline.close();
        if (fault.get() != null) {
            throw new IllegalStateException("the pipeline failed", fault.get());
        }
    }
}
