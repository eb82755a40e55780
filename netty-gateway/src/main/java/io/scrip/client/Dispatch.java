package io.scrip.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ProblemDecoder;
import io.scrip.protocol.WelcomeDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decides what is sent when: gathers commands into batches while others are in flight, sends again what a lost
 * connection or a busy server left without an answer, and gives up at the deadline. Everything but {@link #add} runs on
 * the client's thread.
 */
final class Dispatch {
    private static final int PROTOCOL = 1;
    private static final long HELLO_NUMBER = 0;
    private static final long SWEEP_MS = 20;
    private static final long FIRST_BACKOFF_MS = 10;
    private static final long MAX_BACKOFF_MS = 1_000;
    private static final int HELLO_BYTES = 1_024;
    /** A Ping goes out after such a part of the time after which the server would end the connection. */
    private static final int IDLE_PARTS = 3;

    private final ClientOptions options;
    private final EventLoop eventLoop;
    private final Runnable connecting;
    private final Encoders encoders = new Encoders();
    private final Decoders decoders = new Decoders();
    private final ManyToOneConcurrentArrayQueue<Pending<?>> added;
    private final ArrayDeque<Pending<?>> waiting = new ArrayDeque<>();
    private final Flights flights = new Flights();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Runnable pump = this::wake;
    /** Completed when the server has said welcome for the first time, or why it does not. */
    final CompletableFuture<Long> welcomed = new CompletableFuture<>();

    private Link link;
    private boolean isReady;
    /** Told to come again later. */
    private final Set<Flights.Flight> resting = Collections.newSetFromMap(new IdentityHashMap<>());

    private int maxInFlight = 1;
    private long idleNs = Long.MAX_VALUE;
    private long backoffMs = FIRST_BACKOFF_MS;
    private ScripException refused;
    private boolean isClosed;

    /** @param connecting begins an attempt to connect, which ends in {@link #onConnected} or {@link #onDisconnected} */
    Dispatch(ClientOptions options, EventLoop eventLoop, Runnable connecting) {
        this.options = options;
        this.eventLoop = eventLoop;
        this.connecting = connecting;
        added = new ManyToOneConcurrentArrayQueue<>(Math.max(2, options.maxPending() + 1));
        Future<?> unused = eventLoop.scheduleAtFixedRate(this::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
    }

    /** Hands a request over. Any thread; there are never more than the options allow. */
    void add(Pending<?> pending) {
        if (!added.offer(pending)) {
            throw new IllegalStateException("more requests are pending than there are permits for");
        }
        if (!awake.get() && !awake.getAndSet(true)) {
            try {
                eventLoop.execute(pump);
            } catch (RejectedExecutionException closed) {
                // So that whoever comes next finds out as well.
                awake.set(false);
                failAdded();
            }
        }
    }

    /** Nobody sends any more what was handed over too late. */
    synchronized void failAdded() {
        for (Pending<?> pending = added.poll(); pending != null; pending = added.poll()) {
            pending.fail(ScripException.Reason.CLOSED, "The client is closed.");
        }
    }

    private void wake() {
        awake.set(false);
        pump();
    }

    /** Sends what may be sent. */
    void pump() {
        for (Pending<?> pending = added.poll(); pending != null; pending = added.poll()) {
            waiting.add(pending);
        }
        if (refused != null || isClosed) {
            giveUpAll();
        }
        if (!isReady) {
            return;
        }
        while (!waiting.isEmpty() && link.isWritable() && flights.count() < maxInFlight) {
            Pending<?> first = waiting.peek();
            if (first.isDone()) {
                waiting.remove();
            } else if (!gathers(first)) {
                sendOne(waiting.remove(), false);
            } else if (flights.batches() < options.maxBatchesInFlight()) {
                sendGathered();
            } else {
                break;
            }
        }
        link.flush();
    }

    private boolean gathers(Pending<?> pending) {
        return pending.isItem && !pending.isAlone && options.maxBatchItems() > 1;
    }

    private void sendOne(Pending<?> pending, boolean isGathered) {
        ByteBuf frame = link.frame(pending.message.maxBytes());
        int bytes = encode(pending, link.messageOf(frame), 0);
        if (bytes < 0) {
            frame.release();
            return;
        }
        link.send(flights.add(List.of(pending), isGathered).number(), frame, bytes);
    }

    /** Length of the message; -1 when it cannot be made, and then the request has ended. */
    private int encode(Pending<?> pending, UnsafeBuffer buffer, int at) {
        try {
            int bytes = pending.message.encode(encoders, buffer, at);
            pending.isSent = true;
            return bytes;
        } catch (RuntimeException refused) {
            pending.fail(ScripException.Reason.NOT_SENT, "The request cannot be put into a message: " + refused);
            return -1;
        }
    }

    private void sendGathered() {
        List<Pending<?>> members = new ArrayList<>(Math.min(waiting.size(), options.maxBatchItems()));
        int maxBytes = Encoders.BATCH_HEAD_BYTES;
        while (!waiting.isEmpty() && members.size() < options.maxBatchItems()) {
            Pending<?> next = waiting.peek();
            int itemBytes = Encoders.ITEM_HEAD_BYTES + next.message.maxBytes();
            if (!next.isDone() && (!gathers(next) || maxBytes + itemBytes > Encoders.MAX_MESSAGE_BYTES)) {
                break;
            }
            waiting.remove();
            if (!next.isDone()) {
                members.add(next);
                maxBytes += itemBytes;
            }
        }
        if (members.size() > 1) {
            sendBatch(members, maxBytes);
        } else if (!members.isEmpty()) {
            sendOne(members.get(0), true);
        }
    }

    /** Those that cannot be encoded are left out, and have ended. */
    private void sendBatch(List<Pending<?>> gathered, int maxBytes) {
        ByteBuf frame = link.frame(maxBytes);
        UnsafeBuffer buffer = link.messageOf(frame);
        List<Pending<?>> members = new ArrayList<>(gathered.size());
        int at = Encoders.BATCH_HEAD_BYTES;
        for (Pending<?> member : gathered) {
            int commandBytes = encode(member, buffer, at + Encoders.ITEM_HEAD_BYTES);
            if (commandBytes >= 0) {
                Encoders.itemHead(false, commandBytes, buffer, at);
                at += Encoders.ITEM_HEAD_BYTES + commandBytes;
                members.add(member);
            }
        }
        if (members.size() > 1) {
            encoders.batchHead(members.size(), buffer, 0);
            link.send(flights.add(members, true).number(), frame, at);
            return;
        }
        frame.release();
        if (!members.isEmpty()) {
            sendOne(members.get(0), true);
        }
    }

    /** One frame has come. */
    void onFrame(Link from, long number, DirectBuffer buffer, int offset) {
        int templateId = decoders.templateId(buffer, offset);
        if (templateId == WelcomeDecoder.TEMPLATE_ID) {
            onWelcome(decoders.welcome(buffer, offset));
            return;
        }
        if (templateId == ProblemDecoder.TEMPLATE_ID
                && decoders.problem(buffer, offset).fatal() != 0) {
            onFatal(from, decoders.problem(buffer, offset));
            return;
        }
        Flights.Flight flight = flights.remove(number);
        if (flight == null) {
            // A Pong, or the answer to what has been given up.
            return;
        }
        try {
            onAnswer(flight, templateId, buffer, offset);
        } catch (RuntimeException unreadable) {
            flight.giveUp("The answer could not be read.");
            from.close();
        }
    }

    private void onAnswer(Flights.Flight flight, int templateId, DirectBuffer buffer, int offset) {
        Pending<?> first = flight.members().get(0);
        if (templateId == ProblemDecoder.TEMPLATE_ID) {
            onProblem(flight, decoders.problem(buffer, offset));
        } else if (flight.members().size() > 1) {
            onBatch(flight, decoders.batch(templateId, buffer, offset));
        } else if (!first.answer(decoders, templateId, buffer, offset)) {
            // A query is refused with the reply to a command.
            Result refusal = decoders.command(templateId, buffer, offset);
            if (refusal == null || refusal.isApplied()) {
                flight.giveUp("The server answered with a message of template " + templateId + ".");
            } else {
                first.fail(ScripException.Reason.REFUSED, "The query was refused: " + refusal.outcome() + ".");
            }
        }
    }

    private static void onBatch(Flights.Flight flight, BatchReplyDecoder reply) {
        BatchReplyDecoder.ResultsDecoder results = reply == null ? null : reply.results();
        if (results == null || results.count() != flight.members().size()) {
            flight.giveUp("A batch was answered with something else.");
            return;
        }
        flight.members().forEach(member -> member.answer(Result.of(reply, results.next())));
    }

    private void onWelcome(WelcomeDecoder welcome) {
        isReady = true;
        backoffMs = FIRST_BACKOFF_MS;
        maxInFlight = welcome.maxInFlight();
        idleNs = TimeUnit.MILLISECONDS.toNanos(welcome.idleTimeoutMs());
        welcomed.complete(welcome.caller().wallet());
    }

    /** The connection ends. Where the next one would end the same way, there is none. */
    private void onFatal(Link from, ProblemDecoder problem) {
        ProblemCode code = problem.code();
        if (code == ProblemCode.UNAUTHORIZED || code == ProblemCode.UNKNOWN_VERSION) {
            refused = new ScripException(ScripException.Reason.NOT_CONNECTED, code + ": " + problem.detail());
            welcomed.completeExceptionally(refused);
        }
        from.close();
    }

    private void onProblem(Flights.Flight flight, ProblemDecoder problem) {
        int retryAfterMs = problem.retryAfterMs();
        if (retryAfterMs > 0) {
            resting.add(flight);
            Future<?> unused = eventLoop.schedule(() -> rested(flight), retryAfterMs, TimeUnit.MILLISECONDS);
            return;
        }
        String why = problem.code() + ": " + problem.detail();
        if (flight.members().size() == 1) {
            flight.members().get(0).fail(ScripException.Reason.REFUSED, why);
            return;
        }
        // One of them is not what it should be: each is asked for by itself, so that the others are done.
        flight.members().forEach(member -> member.isAlone = true);
        sendAgain(flight);
    }

    private void rested(Flights.Flight flight) {
        if (resting.remove(flight)) {
            sendAgain(flight);
        }
    }

    private void sendAgain(Flights.Flight flight) {
        for (int i = flight.members().size() - 1; i >= 0; i--) {
            waiting.addFirst(flight.members().get(i));
        }
        pump();
    }

    /** The connection stands; whose it is, the server wants to know first. */
    void onConnected(Link connected) {
        link = connected;
        ByteBuf frame = link.frame(HELLO_BYTES);
        int bytes = encoders.hello(PROTOCOL, options.key(), "java", link.messageOf(frame), 0);
        link.send(HELLO_NUMBER, frame, bytes);
        link.flush();
    }

    /** There is no connection, or no longer. What was in flight goes to the front, in its order. */
    void onDisconnected(Link gone, String why) {
        if (gone != null && gone != link) {
            return;
        }
        link = null;
        isReady = false;
        List<Flights.Flight> lost = flights.removeAll();
        for (int i = lost.size() - 1; i >= 0; i--) {
            List<Pending<?>> members = lost.get(i).members();
            for (int j = members.size() - 1; j >= 0; j--) {
                waiting.addFirst(members.get(j));
            }
        }
        if (isClosed || refused != null) {
            giveUpAll();
        } else if (!welcomed.isDone()) {
            refused = new ScripException(ScripException.Reason.NOT_CONNECTED, why);
            welcomed.completeExceptionally(refused);
            giveUpAll();
        } else {
            Future<?> unused = eventLoop.schedule(connecting, backoffMs, TimeUnit.MILLISECONDS);
            backoffMs = Math.min(2 * backoffMs, MAX_BACKOFF_MS);
        }
    }

    private void giveUpAll() {
        resting.forEach(flight -> waiting.addAll(flight.members()));
        resting.clear();
        String why = refused != null ? refused.getMessage() : "The client is closed.";
        for (Pending<?> pending = waiting.poll(); pending != null; pending = waiting.poll()) {
            if (pending.isSent) {
                pending.giveUp(why);
            } else {
                pending.fail(refused != null ? refused.reason() : ScripException.Reason.CLOSED, why);
            }
        }
    }

    /** Gives up what is past its deadline, and keeps the connection from being idle, or takes it for dead. */
    private void sweep() {
        long nowNs = System.nanoTime();
        for (Pending<?> pending : waiting) {
            expire(pending, nowNs);
        }
        for (Flights.Flight flight : resting) {
            flight.members().forEach(member -> expire(member, nowNs));
        }
        for (Flights.Flight flight : flights.all()) {
            flight.members().forEach(member -> expire(member, nowNs));
        }
        if (isReady && flights.count() > 0) {
            link.waitsOn();
        }
        if (link != null && link.silentNs(nowNs) > patienceNs()) {
            link.close();
        } else if (isReady && nowNs - link.lastWriteNs > idleNs / IDLE_PARTS) {
            ByteBuf frame = link.frame(HELLO_BYTES);
            link.send(HELLO_NUMBER, frame, encoders.ping(nowNs, link.messageOf(frame), 0));
            link.flush();
        }
        pump();
    }

    /** How long a living server takes at most to say anything to somebody who waits for an answer. */
    private long patienceNs() {
        return isReady
                ? Math.min(options.deadline().toNanos(), idleNs / IDLE_PARTS)
                : options.connectTimeout().toNanos();
    }

    private static void expire(Pending<?> pending, long nowNs) {
        if (nowNs - pending.deadlineNs > 0 && !pending.isDone()) {
            pending.giveUp("The deadline has passed.");
        }
    }

    /** Whether nothing is to be connected again. */
    boolean isOver() {
        return isClosed || refused != null;
    }

    /** Nothing more is sent. */
    void close() {
        isClosed = true;
        if (link != null) {
            link.close();
        } else {
            giveUpAll();
        }
        pump();
    }
}
