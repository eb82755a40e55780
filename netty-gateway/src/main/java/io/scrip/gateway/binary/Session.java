package io.scrip.gateway.binary;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.scrip.gateway.auth.Authenticator;
import io.scrip.gateway.http.TextRequests;
import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.HelloDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.PingDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.Role;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One client's binary connection, whatever carries it: whose it is, what is in flight on it, and when it has to wait or
 * end. Belongs to its event loop.
 */
final class Session implements TextRequests.Answers {
    static final int PROTOCOL = 1;

    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    /** Before it is known who is there, nobody gets to send much. */
    private static final int MAX_HELLO_BYTES = 1_024;

    private static final long RETRY_SOON_MS = 100;
    private static final long RETRY_LATER_MS = 1_000;
    private static final long NS_PER_MS = 1_000_000;

    private final BinaryLoop loop;
    private final BinaryConfig config;
    private final Carrier carrier;
    private final Outbox outbox;
    private final Authenticator authenticator;
    private final SessionMessages messages;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final ChannelHandlerContext context;
    /** As HTTP's header, {@code null} until somebody has said who they are. */
    private String authorization;

    private int inFlight;
    private long bytesInFlight;
    private long lastFrameNs = System.nanoTime();
    /** Since when the next frame waits for a place in the ring; 0: it does not. */
    private long starvedSinceNs;
    /** Whether that frame is being tried again. */
    private boolean isRetrying;

    private long unwritableSinceNs;
    private boolean isDirty;
    /** Whether the last message was text: then nobody there may understand a binary one about the connection. */
    private boolean speaksText;

    private boolean isEnding;
    private boolean isGone;
    private long endByNs;

    /** What brings the frames. */
    interface Carrier {
        /** Goes on with what is there unread. */
        void resume();

        /** Since when a frame has been coming that is not whole yet; 0: none is. */
        long frameStartedNs();

        /** The last answer is in the outbox: sends it and ends the connection in this carrier's way. */
        void end(ProblemCode code, String detail);
    }

    /** @param authorization as in HTTP's header when that has been looked at already; {@code null}: a Hello comes */
    Session(
            BinaryLoop loop,
            ChannelHandlerContext context,
            Carrier carrier,
            boolean webSocket,
            Authenticator authenticator,
            String authorization) {
        this.loop = loop;
        this.context = context;
        this.carrier = carrier;
        this.authenticator = authenticator;
        this.authorization = authorization;
        messages = loop.messages();
        config = loop.services().config();
        outbox = new Outbox(context, webSocket);
        loop.add(this);
    }

    /** Tells the limits without having been asked, when the handshake has said who is there. */
    void greet(Viewer viewer) {
        messages.welcome(this, 0, viewer, config);
    }

    Outbox outbox() {
        return outbox;
    }

    /** Longest frame that is taken now. */
    int maxFrameBytes() {
        return authorization == null ? MAX_HELLO_BYTES : BinaryConfig.MAX_FRAME_BYTES;
    }

    /** Whether one more frame may be taken. */
    boolean isOpen() {
        return !isEnding
                && !isGone
                && (starvedSinceNs == 0 || isRetrying)
                && inFlight < config.maxInFlight()
                && bytesInFlight < config.maxBytesInFlight()
                && context.channel().isWritable();
    }

    boolean isEnding() {
        return isEnding;
    }

    @Override
    public boolean isGone() {
        return isGone;
    }

    boolean hasInFlight() {
        return inFlight > 0;
    }

    /**
     * Takes a frame: request number and message. False when it has to wait; then it is brought again by {@link #retry}.
     */
    boolean onFrame(ByteBuf frame, int index, int lengthBytes) {
        lastFrameNs = System.nanoTime();
        if (starvedSinceNs == 0) {
            loop.services().metrics().onFrames(1);
        }
        if (lengthBytes < Long.BYTES + HEADER_BYTES) {
            end(0, ProblemCode.BAD_FRAMING, "A frame has at least a request number and a message header.");
            return true;
        }
        long number = frame.getLongLE(index);
        int messageBytes = lengthBytes - Long.BYTES;
        Bytes.wrap(message, frame, index + Long.BYTES, messageBytes);
        int templateId = MessageShape.templateId(message, 0);
        if (authorization == null) {
            hello(number, templateId, messageBytes);
            return true;
        }
        Viewer viewer = authenticator.viewerOf(authorization);
        if (viewer == null) {
            end(number, ProblemCode.UNAUTHORIZED, "This key is no longer known here.");
            return true;
        }
        if (templateId == PingDecoder.TEMPLATE_ID) {
            ping(number, messageBytes);
            return true;
        }
        return isRefused(number, viewer, messageBytes)
                || loop.submit(this, viewer, number, frame, index + Long.BYTES, messageBytes)
                || !waits(number);
    }

    /** Takes a message of text: a request as JSON. A key that is not known any more is answered, and the end. */
    void onText(ByteBuf text, TextRequests texts) {
        lastFrameNs = System.nanoTime();
        loop.services().metrics().onFrames(1);
        boolean known = authenticator.viewerOf(authorization) != null;
        texts.take(text, this);
        if (!known) {
            end(0, ProblemCode.UNAUTHORIZED, "This key is no longer known here.");
        }
    }

    @Override
    public void onTaken(int chargeBytes) {
        onSubmitted(chargeBytes);
    }

    @Override
    public void answer(ByteBuf text, int chargeBytes) {
        if (!isEnding && !isGone) {
            outbox.appendText(text);
        }
        text.release();
        loop.onAnswered();
        onDone(chargeBytes);
    }

    @Override
    public void flushAnswers() {
        loop.onDrained();
    }

    /** The message that has begun to come is text, or is not. */
    void speaksText(boolean text) {
        speaksText = text;
    }

    /** The peer is there, whatever it says. */
    void onSignOfLife() {
        lastFrameNs = System.nanoTime();
    }

    private boolean isRefused(long number, Viewer viewer, int messageBytes) {
        long waitNs = viewer.role() == Role.WALLET && starvedSinceNs == 0
                ? loop.services().buckets().take(viewer.wallet(), System.nanoTime())
                : 0;
        if (waitNs > 0) {
            problem(number, ProblemCode.RATE_LIMITED, waitNs / NS_PER_MS + 1, "Too many requests with this key.");
            return true;
        }
        ProblemCode refused = loop.check().check(message, messageBytes, viewer);
        if (refused == null) {
            return false;
        }
        starvedSinceNs = 0;
        problem(number, refused, false, loop.check().detail());
        return true;
    }

    private void hello(long number, int templateId, int messageBytes) {
        if (templateId != HelloDecoder.TEMPLATE_ID) {
            end(number, ProblemCode.HELLO_EXPECTED, "The first message is a Hello with an API key.");
            return;
        }
        String fault = messages.readHello(message, messageBytes);
        if (fault != null) {
            end(number, ProblemCode.MALFORMED, fault);
        } else if (messages.protocol() != PROTOCOL) {
            end(number, ProblemCode.UNKNOWN_VERSION, "This server speaks version 1 of the binary protocol.");
        } else {
            String header = "Bearer " + messages.key();
            Viewer viewer = authenticator.viewerOf(header);
            if (viewer == null) {
                end(number, ProblemCode.UNAUTHORIZED, "This key is not known here.");
            } else {
                authorization = header;
                messages.welcome(this, number, viewer, config);
            }
        }
    }

    private void ping(long number, int messageBytes) {
        if (messages.isPing(message, messageBytes)) {
            messages.pong(this, number, message);
        } else {
            problem(number, ProblemCode.MALFORMED, false, "A Ping has a value and nothing else.");
        }
    }

    /** Whether the frame waits for a place in the ring; it does not when it has waited too long, or none will come. */
    private boolean waits(long number) {
        String cause = loop.services().port().refusalCause();
        long nowNs = System.nanoTime();
        if (cause == null && starvedSinceNs == 0) {
            starvedSinceNs = nowNs;
        }
        if (cause == null && nowNs - starvedSinceNs < config.ringWait().toNanos()) {
            loop.addStarved(this);
            return true;
        }
        starvedSinceNs = 0;
        problem(number, BinaryLoop.problemOf(cause), false, BinaryLoop.detailOf(cause));
        return false;
    }

    /** Brings the frame that waits once more, and goes on reading if it was taken. */
    void retry() {
        if (isGone || isEnding || starvedSinceNs == 0) {
            return;
        }
        if (!context.channel().isWritable()) {
            // Nothing may be taken now; it is still this frame's turn when there is room for answers again.
            loop.addStarved(this);
            return;
        }
        isRetrying = true;
        carrier.resume();
        isRetrying = false;
    }

    /** Appends an answer; what it returns may be changed before the next one is appended. */
    UnsafeBuffer append(long number, DirectBuffer answer, int offset, int lengthBytes) {
        touch();
        return outbox.append(number, answer, offset, lengthBytes);
    }

    private void touch() {
        if (!isDirty) {
            isDirty = true;
            loop.markDirty(this);
        }
    }

    /** Answers with a problem; {@code fatal} ones are for {@link #end}. */
    void problem(long number, ProblemCode code, boolean fatal, String detail) {
        long retryAfterMs = switch (code) {
            case OVERLOADED, OUTCOME_UNKNOWN -> RETRY_SOON_MS;
            case READ_ONLY, STOPPING -> RETRY_LATER_MS;
            default -> 0;
        };
        loop.services().metrics().onProblem(code);
        messages.problem(this, number, code, fatal, retryAfterMs, detail);
    }

    private void problem(long number, ProblemCode code, long retryAfterMs, String detail) {
        loop.services().metrics().onProblem(code);
        messages.problem(this, number, code, false, retryAfterMs, detail);
    }

    /** Says why and ends the connection; what is in flight is decided all the same. */
    void end(long number, ProblemCode code, String detail) {
        if (isEnding || isGone) {
            return;
        }
        if (!speaksText) {
            problem(number, code, true, detail);
        }
        isEnding = true;
        endByNs = System.nanoTime() + loop.services().timeouts().write().toNanos();
        carrier.end(code, detail);
    }

    void onSubmitted(int chargeBytes) {
        inFlight++;
        bytesInFlight += chargeBytes;
        starvedSinceNs = 0;
    }

    void onDone(int chargeBytes) {
        inFlight--;
        bytesInFlight -= chargeBytes;
        if (!isGone) {
            touch();
        }
    }

    /** Sends what there is, and goes on reading if there is room again. */
    void flush() {
        isDirty = false;
        if (isGone || isEnding) {
            // Behind the last answer nothing may be written any more: it would cut off what is on its way.
            outbox.clear();
            return;
        }
        outbox.flush();
        if (isOpen()) {
            carrier.resume();
        }
    }

    void onWritabilityChanged() {
        unwritableSinceNs = context.channel().isWritable() ? 0 : System.nanoTime();
        if (isOpen()) {
            carrier.resume();
            loop.wakeEngine();
        }
    }

    /** Called every now and then by the loop. */
    void checkDeadline(long nowNs) {
        long writeNs = loop.services().timeouts().write().toNanos();
        if ((unwritableSinceNs != 0 && nowNs - unwritableSinceNs > writeNs) || (isEnding && nowNs - endByNs > 0)) {
            ChannelFuture unused = context.close();
            return;
        }
        if (isEnding || isGone) {
            return;
        }
        long startedNs = isOpen() ? carrier.frameStartedNs() : 0;
        if (authorization == null && nowNs - lastFrameNs > config.hello().toNanos()) {
            end(0, ProblemCode.REQUEST_TIMEOUT, "No Hello came.");
        } else if (startedNs != 0 && nowNs - startedNs > config.frame().toNanos()) {
            end(0, ProblemCode.REQUEST_TIMEOUT, "A frame took too long.");
        } else if (inFlight == 0
                && starvedSinceNs == 0
                && outbox.isEmpty()
                && nowNs - lastFrameNs > config.idle().toNanos()) {
            end(0, ProblemCode.REQUEST_TIMEOUT, "Nothing came for too long. Send a Ping now and then.");
        }
    }

    void onGone() {
        isGone = true;
        outbox.clear();
        loop.remove(this);
    }
}
