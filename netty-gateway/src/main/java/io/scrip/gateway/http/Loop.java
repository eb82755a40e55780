package io.scrip.gateway.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.WalletJson;
import io.scrip.gateway.request.CommandBuffer;
import io.scrip.gateway.request.HoldScales;
import io.scrip.gateway.request.RequestReader;
import io.scrip.gateway.request.SocketRequest;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.protocol.RefusalCause;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What belongs to one event loop: the connections it serves, the commands it waits for, and the scratch objects that
 * its requests share. Everything runs on that loop.
 */
final class Loop implements ReplyQueue.Receiver {
    private static final Logger LOGGER = System.getLogger(Loop.class.getName());
    private static final long SWEEP_INTERVAL_MS = 250;
    private static final int INITIAL_BODY_BYTES = GatewayConfig.MAX_BODY_BYTES;
    private static final String RETRY_AFTER_SECONDS = "1";
    /** Tells the request ids of this run from those of others. */
    private static final String RUN = Integer.toString(new SecureRandom().nextInt(36 * 36 * 36 * 36 * 36), 36);

    private final Services services;
    private final EventLoop eventLoop;
    private final String requestIdPrefix;
    private final ReplyQueue replies;
    private final Responses responses;
    private final RequestReader reader;
    private final CommandBuffer command = new CommandBuffer();
    private final HoldScales noHolds = new HoldScales();
    private final TransferJson transferJson = new TransferJson();
    private final WalletJson walletJson = new WalletJson();
    private final CommandAnswers answers = new CommandAnswers();
    private final BatchAnswers batchAnswers = new BatchAnswers();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Long2ObjectHashMap<Exchange> waiting = new Long2ObjectHashMap<>();
    private final List<HttpConnection> connections = new ArrayList<>();
    private final List<Origin> dirty = new ArrayList<>();
    private final SocketRequest socketRequest = new SocketRequest();
    private final Dispatcher dispatcher;
    private final PlainIntake plainIntake;
    private final PlainAnswer plainAnswer;
    private byte[] body = new byte[INITIAL_BODY_BYTES];
    private final Runnable wake = this::wakeEngine;
    private boolean wakeOwed;
    private long lastCorrelationId;
    private long lastRequest;

    Loop(Services services, Dispatcher dispatcher, EventLoop eventLoop, int index) {
        this.services = services;
        this.dispatcher = dispatcher;
        this.eventLoop = eventLoop;
        requestIdPrefix = "req-" + RUN + "-" + Integer.toString(index, 36) + "-";
        replies = new ReplyQueue(eventLoop, this);
        responses = new Responses(ByteBufAllocator.DEFAULT);
        plainAnswer = new PlainAnswer(ByteBufAllocator.DEFAULT, requestIdPrefix);
        reader = new RequestReader(services.scales());
        plainIntake = new PlainIntake(this, new PlainRequest(dispatcher.routes().plain()));
    }

    /** Starts the clockwork that enforces deadlines. */
    void start() {
        Future<?> unused =
                eventLoop.scheduleAtFixedRate(this::sweep, SWEEP_INTERVAL_MS, SWEEP_INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    Services services() {
        return services;
    }

    GatewayMetrics metrics() {
        return services.metrics();
    }

    Responses responses() {
        return responses;
    }

    RequestReader reader() {
        return reader;
    }

    /** Tells the reader what has been found out for a request whose body it is to read. */
    void prepareReader(Exchange exchange) {
        reader.tokensAreFresh(exchange.tokensFresh);
        reader.holds(exchange.holds == null ? noHolds : exchange.holds);
    }

    CommandBuffer command() {
        return command;
    }

    TransferJson transferJson() {
        return transferJson;
    }

    WalletJson walletJson() {
        return walletJson;
    }

    CommandAnswers answers() {
        return answers;
    }

    BatchAnswers batchAnswers() {
        return batchAnswers;
    }

    /** A buffer for one body of that length, shared by all requests of the loop. */
    byte[] bodyBuffer(int lengthBytes) {
        if (body.length < lengthBytes) {
            body = Arrays.copyOf(body, Math.max(lengthBytes, body.length * 2));
        }
        return body;
    }

    /** Reads what came as a message; shared by all connections of the loop. */
    SocketRequest socketRequest() {
        return socketRequest;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    PlainIntake plainIntake() {
        return plainIntake;
    }

    String nextRequestId() {
        return requestIdPrefix + Long.toString(nextRequestNumber(), 36);
    }

    /** The number of a request that makes its id's text itself. */
    long nextRequestNumber() {
        return ++lastRequest;
    }

    PlainAnswer plainAnswer() {
        return plainAnswer;
    }

    /** Runs something on this loop later and sends whatever it answered. Any thread. */
    void later(Runnable task) {
        eventLoop.execute(() -> {
            task.run();
            onDrained();
        });
    }

    /** The same after some time. */
    void laterIn(long delayMs, Runnable task) {
        Future<?> unused = eventLoop.schedule(() -> later(task), delayMs, TimeUnit.MILLISECONDS);
    }

    /** Offers a command or query; the reply goes to the exchange's endpoint, a refusal is answered at once. */
    void submit(Exchange exchange, DirectBuffer message, int offset, int length) {
        long correlationId = ++lastCorrelationId;
        if (!services.port().enqueue(message, offset, length, replies, correlationId)) {
            notAccepted(exchange, services.port().refusalCause());
            return;
        }
        exchange.submittedNs = System.nanoTime();
        waiting.put(correlationId, exchange);
        if (!wakeOwed) {
            wakeOwed = true;
            // Runs when all that has arrived on this loop's connections has been read.
            eventLoop.execute(wake);
        }
    }

    private void wakeEngine() {
        wakeOwed = false;
        services.port().wake();
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        Exchange exchange = waiting.remove(correlationId);
        if (exchange == null) {
            // Answered 504 meanwhile.
            return;
        }
        header.wrap(reply, offset);
        int templateId = header.templateId();
        if (templateId == NotAcceptedDecoder.TEMPLATE_ID) {
            NotAcceptedDecoder refused = new NotAcceptedDecoder().wrapAndApplyHeader(reply, offset, header);
            notAccepted(exchange, refused.cause() == RefusalCause.READ_ONLY ? "read_only" : "stopping");
            return;
        }
        try {
            exchange.endpoint.onReply(exchange, templateId, reply, offset, length);
        } catch (RuntimeException unexpected) {
            fail(exchange, unexpected);
        }
    }

    @Override
    public void onDrained() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    /** Remembers that a connection has something to flush. */
    void markDirty(Origin origin) {
        dirty.add(origin);
    }

    void add(HttpConnection connection) {
        connections.add(connection);
    }

    void remove(HttpConnection connection) {
        connections.remove(connection);
    }

    /** Answers 500 and logs one line: a fault of ours is never shown to a client. */
    void fail(Exchange exchange, Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        LOGGER.log(
                Level.ERROR,
                "request {0} failed: {1} at {2}",
                exchange.requestId(),
                String.valueOf(fault).replaceAll("[\\r\\n]+", " "),
                trace.length == 0 ? "an unknown place" : trace[0]);
        if (!exchange.isAnswered()) {
            responses.problem(
                    exchange, ProblemKind.INTERNAL, "Something went wrong here. Ask with the request id.", null);
        }
    }

    private void notAccepted(Exchange exchange, String cause) {
        ProblemKind kind = ProblemKind.OVERLOADED;
        String detail = "The server has more to do than it can queue. Nothing was accepted; try again soon.";
        if ("read_only".equals(cause)) {
            kind = ProblemKind.READ_ONLY;
            detail = "The server is read-only, because its disk is nearly full. Nothing was accepted.";
        } else if (cause != null) {
            kind = ProblemKind.STOPPING;
            detail = "The server is stopping. Nothing was accepted.";
        }
        responses.beginProblem(exchange, kind, detail).endObject();
        responses.header("Retry-After", RETRY_AFTER_SECONDS).send(exchange, kind.status());
    }

    /** Offers the command that the last request left in {@link #command()}, and keeps a copy for its answer. */
    void submitCommand(Exchange exchange) {
        exchange.command = command.copy();
        submit(exchange, command.buffer(), 0, command.length());
    }

    private void sweep() {
        long nowNs = System.nanoTime();
        long latestNs = nowNs - services.config().timeouts().outcome().toNanos();
        List<Exchange> late = null;
        for (Exchange exchange : waiting.values()) {
            if (exchange.submittedNs - latestNs < 0) {
                late = late == null ? new ArrayList<>() : late;
                late.add(exchange);
            }
        }
        if (late != null) {
            waiting.values().removeAll(late);
            for (Exchange exchange : late) {
                // A request may have asked for several things.
                if (!exchange.isAnswered()) {
                    responses.problem(
                            exchange,
                            ProblemKind.OUTCOME_UNKNOWN,
                            "The command was accepted, but its outcome is not known yet. Ask for it by its id.",
                            null);
                }
            }
        }
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).checkDeadline(nowNs);
        }
        onDrained();
    }
}
