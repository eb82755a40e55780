package io.scrip.gateway.ws;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scrip.engine.CommandPort;
import io.scrip.engine.ReplySink;
import io.scrip.gateway.history.ArrayEventLog;
import io.scrip.gateway.history.EventScript;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.NotAcceptedEncoder;
import io.scrip.protocol.RefusalCause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A hub with an event log, a core that answers when told to, a clock and connections, all on the test's thread. */
final class StreamRig implements CommandPort {
    final ArrayEventLog log = new ArrayEventLog();
    final EventScript script = new EventScript(log, "CRD", "USD", "GOV");
    final StreamConfig config;
    final StreamHub hub;
    long nowNs = 5_000_000_000L;
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    boolean isRingFull;
    /** Not null: the core answers as soon as it is asked, and then this happens before anybody sees the answer. */
    Runnable afterAnswering;

    long unknownWallet = -1;
    boolean isStopping;

    private final ArrayDeque<Runnable> queries = new ArrayDeque<>();
    private final List<StreamClient> clients = new ArrayList<>();
    private long lastId;

    StreamRig(StreamConfig config) {
        this.config = config;
        this.hub = new StreamHub(log, this, config, () -> nowNs);
    }

    StreamRig() {
        this(StreamConfig.DEFAULT);
    }

    /** Looking for leaks makes every message a hundred times slower: the shorter tests do it. */
    void forManyMessages() {
        allocator = new UnpooledByteBufAllocator(false, true);
    }

    StreamClient connect(long wallet, long from, boolean conflate, Viewer viewer) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config()
                .setAllocator(allocator)
                .setWriteBufferWaterMark(new WriteBufferWaterMark(config.lowWaterBytes(), config.highWaterBytes()));
        Subscription subscription = new Subscription(++lastId, channel, wallet, from, conflate, viewer, nowNs);
        channel.pipeline().addLast(new SocketHandler(hub, subscription, config, () -> nowNs));
        hub.join(subscription);
        StreamClient client = new StreamClient(channel, subscription);
        clients.add(client);
        return client;
    }

    StreamClient connect(long wallet, long from) {
        return connect(wallet, from, false, Viewer.ofWallet(wallet));
    }

    /** Like {@link #connect} with everything that follows done. */
    StreamClient connected(long wallet, long from) {
        StreamClient client = connect(wallet, from);
        settle();
        return client;
    }

    @Override
    public boolean offer(DirectBuffer message, int offset, int length, ReplySink sink, long correlationId) {
        if (isRingFull) {
            return false;
        }
        GetWalletDecoder query = new GetWalletDecoder().wrapAndApplyHeader(message, offset, new MessageHeaderDecoder());
        long wallet = query.wallet();
        queries.add(() -> {
            // Read when it is answered and not when it was asked, as the core does.
            byte[] reply = isStopping || wallet == unknownWallet ? refusal() : script.walletReply(wallet);
            UnsafeBuffer odd = new UnsafeBuffer(new byte[reply.length + 5]);
            odd.putBytes(5, reply);
            sink.onReply(correlationId, odd, 5, reply.length);
            sink.onBatchEnd();
        });
        if (afterAnswering != null) {
            answerOne();
            afterAnswering.run();
        }
        return true;
    }

    private byte[] refusal() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        MessageHeaderEncoder header = new MessageHeaderEncoder();
        int length = isStopping
                ? new NotAcceptedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .cause(RefusalCause.STOPPING)
                        .encodedLength()
                : new CommandReplyEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .encodedLength();
        byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    @Override
    public String refusalCause() {
        return null;
    }

    /** Lets the core answer the oldest query; returns whether there was one. */
    boolean answerOne() {
        Runnable query = queries.poll();
        if (query == null) {
            return false;
        }
        query.run();
        return true;
    }

    /** Tells the hub of everything that was written. */
    void announce() {
        hub.eventsVisible(log.lastEventSequence());
    }

    /** Announces, answers and works until nothing is left to do. */
    void settle() {
        announce();
        int quietRounds = 0;
        while (quietRounds < 2) {
            boolean isBusy = hub.doWork() > 0;
            isBusy |= answerOne();
            quietRounds = isBusy ? 0 : quietRounds + 1;
        }
    }

    /** Lets go of what nobody has read, so that only real leaks are found. */
    void close() {
        clients.forEach(StreamClient::disconnect);
    }

    void pass(long ns) {
        nowNs += ns;
        hub.doWork();
    }
}
