package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.scrip.gateway.http.ReplyQueue;
import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.RefusalCause;
import io.scrip.protocol.ReverseDecoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What belongs to one event loop: its binary connections, what is in flight on them, and the scratch objects that they
 * share. Everything runs on that loop.
 */
final class BinaryLoop implements ReplyQueue.Receiver {
    private static final Logger LOGGER = System.getLogger(BinaryLoop.class.getName());
    private static final long SWEEP_INTERVAL_MS = 100;
    private static final long STARVED_RETRY_MS = 1;
    private static final int LARGE_MESSAGE_BYTES = 64 << 10;

    private final BinaryServices services;
    private final EventLoop eventLoop;
    private final ReplyQueue replies;
    private final Requests requests = new Requests();
    private final CommandCheck check = new CommandCheck();
    private final Answers answers = new Answers(this);
    private final ReverseFlow reverses = new ReverseFlow(this);
    private final SessionMessages messages = new SessionMessages();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Session> dirty = new ArrayList<>();
    private final List<Session> starved = new ArrayList<>();
    private final Request.Step command = answers::command;
    private final Request.Step batch = answers::batch;
    private final Request.Step query = answers::query;
    private final Request.Step outcome = answers::outcome;
    private final Request.Step original = reverses::onOriginal;
    private long answered;
    /** Whether something lies in the ring that the engine has not been woken for. */
    private boolean hasEnqueued;

    BinaryLoop(BinaryServices services, EventLoop eventLoop) {
        this.services = services;
        this.eventLoop = eventLoop;
        replies = new ReplyQueue(eventLoop, this);
    }

    /** Starts the clockwork that enforces deadlines. */
    void start() {
        Future<?> unused =
                eventLoop.scheduleAtFixedRate(this::sweep, SWEEP_INTERVAL_MS, SWEEP_INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    BinaryServices services() {
        return services;
    }

    CommandCheck check() {
        return check;
    }

    SessionMessages messages() {
        return messages;
    }

    Answers answers() {
        return answers;
    }

    void add(Session session) {
        sessions.add(session);
        services.metrics().onConnected();
    }

    void remove(Session session) {
        if (sessions.remove(session)) {
            services.metrics().onDisconnected();
        }
    }

    /** Remembers that a connection has something to flush, or room to go on reading. */
    void markDirty(Session session) {
        dirty.add(session);
    }

    /** Offers a checked message. False when there is no room for it now, and then nothing was done. */
    boolean submit(Session session, Viewer viewer, long number, ByteBuf frame, int index, int lengthBytes) {
        Request request = requests.take();
        request.keep(frame, index, lengthBytes);
        int templateId = MessageShape.templateId(request.message, 0);
        request.session = session;
        request.viewer = viewer;
        request.number = number;
        request.templateId = templateId;
        request.step = step(templateId);
        UnsafeBuffer message = templateId == ReverseDecoder.TEMPLATE_ID ? reverses.question(request) : request.message;
        if (!services.port().enqueue(message, 0, message.capacity(), replies, request.correlationId())) {
            requests.giveBack(request);
            return false;
        }
        hasEnqueued = true;
        if (lengthBytes >= LARGE_MESSAGE_BYTES) {
            wakeEngine();
        }
        request.chargeBytes = CommandCheck.isQuery(templateId) ? CommandCheck.answerBytes(templateId) : lengthBytes;
        request.submittedNs = System.nanoTime();
        session.onSubmitted(request.chargeBytes);
        return true;
    }

    /** One force for all that was read together; what is worth a force of its own does not wait for the rest. */
    void wakeEngine() {
        if (hasEnqueued) {
            hasEnqueued = false;
            services.port().wake();
        }
    }

    private Request.Step step(int templateId) {
        return switch (templateId) {
            case BatchDecoder.TEMPLATE_ID -> batch;
            case ReverseDecoder.TEMPLATE_ID -> original;
            case GetOutcomeDecoder.TEMPLATE_ID -> outcome;
            default -> CommandCheck.isQuery(templateId) ? query : command;
        };
    }

    /** Offers what a request has to ask next; a refusal is its answer. */
    void offer(Request request, DirectBuffer message, int offset, int length) {
        if (!services.port().offer(message, offset, length, replies, request.correlationId())) {
            String cause = services.port().refusalCause();
            problem(request, problemOf(cause), detailOf(cause));
        }
    }

    static ProblemCode problemOf(String refusalCause) {
        if (refusalCause == null) {
            return ProblemCode.OVERLOADED;
        }
        return "read_only".equals(refusalCause) ? ProblemCode.READ_ONLY : ProblemCode.STOPPING;
    }

    static String detailOf(String refusalCause) {
        if (refusalCause == null) {
            return "The server has more to do than it can queue. Nothing was accepted.";
        }
        return "read_only".equals(refusalCause)
                ? "The server is read-only, because its disk is nearly full. Nothing was accepted."
                : "The server is stopping. Nothing was accepted.";
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        Request request = waiting(correlationId);
        if (request == null) {
            return;
        }
        header.wrap(reply, offset);
        int templateId = header.templateId();
        try {
            if (templateId == NotAcceptedDecoder.TEMPLATE_ID) {
                NotAcceptedDecoder refused = new NotAcceptedDecoder().wrapAndApplyHeader(reply, offset, header);
                String cause = refused.cause() == RefusalCause.READ_ONLY ? "read_only" : "stopping";
                problem(request, problemOf(cause), detailOf(cause));
            } else {
                request.step.onReply(request, templateId, reply, offset, length);
            }
        } catch (RuntimeException unexpected) {
            fail(request, unexpected);
        }
    }

    /** The request that waits for this; {@code null} when nobody is left to be answered. */
    private Request waiting(long correlationId) {
        Request request = requests.find(correlationId);
        if (request != null && (request.isAnswered || request.session.isGone())) {
            giveBack(request);
            return null;
        }
        return request;
    }

    private void giveBack(Request request) {
        if (!request.isAnswered) {
            request.session.onDone(request.chargeBytes);
        }
        requests.giveBack(request);
    }

    /** A request has been answered: its place is free. */
    void finish(Request request) {
        answered++;
        giveBack(request);
    }

    /** Somebody else has answered. */
    void onAnswered() {
        answered++;
    }

    /** Answers with a problem instead. */
    void problem(Request request, ProblemCode code, String detail) {
        request.session.problem(request.number, code, false, detail);
        giveBack(request);
    }

    /** Runs something on this loop later, if the request still waits then, and sends what it answered. Any thread. */
    void later(long correlationId, Runnable task) {
        eventLoop.execute(() -> {
            Request request = waiting(correlationId);
            if (request != null) {
                try {
                    task.run();
                } catch (RuntimeException unexpected) {
                    fail(request, unexpected);
                }
                onDrained();
            }
        });
    }

    private void fail(Request request, RuntimeException fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        LOGGER.log(
                Level.ERROR,
                "a binary request of template {0} failed: {1} at {2}",
                request.templateId,
                String.valueOf(fault).replaceAll("[\\r\\n]+", " "),
                trace.length == 0 ? "an unknown place" : trace[0]);
        if (request.session != null) {
            problem(request, ProblemCode.OUTCOME_UNKNOWN, "Something went wrong here. Send it again with its id.");
        }
    }

    @Override
    public void onDrained() {
        // By index: what a connection goes on with may make it, or another one, dirty again.
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        wakeEngine();
        if (answered > 0) {
            services.metrics().onAnswers(answered);
            answered = 0;
        }
    }

    /** A connection's next frame found no place; it is tried again soon. */
    void addStarved(Session session) {
        if (starved.isEmpty()) {
            Future<?> unused = eventLoop.schedule(this::retryStarved, STARVED_RETRY_MS, TimeUnit.MILLISECONDS);
        }
        starved.add(session);
    }

    private void retryStarved() {
        List<Session> now = new ArrayList<>(starved);
        starved.clear();
        for (Session session : now) {
            session.retry();
        }
        onDrained();
    }

    private void sweep() {
        long nowNs = System.nanoTime();
        long latestNs = nowNs - services.timeouts().outcome().toNanos();
        requests.forEach(request -> {
            if (request.isAnswered || request.session.isGone()) {
                request.dropFrame();
            } else if (request.submittedNs - latestNs < 0) {
                expire(request);
            }
        });
        checkDeadlines(nowNs);
        onDrained();
    }

    /** Ends the connections that have been waited for long enough at this moment. */
    void checkDeadlines(long nowNs) {
        for (int i = sessions.size() - 1; i >= 0; i--) {
            sessions.get(i).checkDeadline(nowNs);
        }
    }

    /** Its slot stays taken until the reply comes after all. */
    private static void expire(Request request) {
        request.session.problem(
                request.number,
                ProblemCode.OUTCOME_UNKNOWN,
                false,
                "The command was accepted, but its outcome is not known yet. Send it again with its id.");
        request.session.onDone(request.chargeBytes);
        request.isAnswered = true;
        request.dropFrame();
    }
}
