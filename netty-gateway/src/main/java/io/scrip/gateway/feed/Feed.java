package io.scrip.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.http.EventFeeds;
import io.scrip.gateway.json.TokenScales;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * One client and how far it is. What it does not take stays in the event log: at most a full buffer of the channel and
 * one chunk wait in memory. The feeds' thread alone uses it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A write fails when its channel is closed, which is looked at anyway.
final class Feed {
    /** Length in hexadecimal and a line break: leading zeros are allowed, so the place is known before the length. */
    private static final int CHUNK_HEAD_BYTES = 8;

    private static final int MAX_CHUNK_LENGTH = 0xFFFFFF;
    private static final byte[] LINE_BREAK = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEARTBEAT = "1\r\n\n\r\n".getBytes(StandardCharsets.US_ASCII);

    final Channel channel;
    private final EventLog.Reader reader;
    private final EventJson json;
    private final FeedConfig config;
    private final EventLog.EventHandler onEvent = this::onEvent;
    private final EventLog.EventHandler onFirstLeg;
    private final long last;
    private long next;
    private ByteBuf chunk;
    private long lastWriteNs;
    private long fullSinceNs;
    private boolean isFull;
    private boolean isBegun;

    Feed(
            Channel channel,
            EventLog log,
            TokenScales scales,
            FeedConfig config,
            EventFeeds.Request request,
            long visible,
            long nowNs) {
        this.channel = channel;
        this.reader = log.openReader();
        this.json = new EventJson(scales, request.commands());
        this.onFirstLeg = (eventSequence, event, offset, length) -> json.prime(event, offset);
        this.config = config;
        this.next = request.from();
        long limit = request.limit() > Long.MAX_VALUE - next ? Long.MAX_VALUE : next + request.limit() - 1;
        this.last = request.isFollow() ? limit : Math.min(limit, visible);
        this.lastWriteNs = nowNs;
    }

    /** Whether everything that was wanted has been sent. */
    boolean isDone() {
        return next > last;
    }

    /** Whether nobody is there any more, or nobody who reads. */
    boolean isLost(long nowNs) {
        if (!channel.isActive()) {
            return true;
        }
        if (channel.isWritable()) {
            isFull = false;
        } else if (!isFull) {
            isFull = true;
            fullSinceNs = nowNs;
        }
        return isFull && nowNs - fullSinceNs >= config.unwritableLimitNs();
    }

    /** Sends one chunk of what may be seen, if there is anything and room for it; returns whether it did. */
    boolean advance(long visible, long nowNs) {
        long upTo = Math.min(visible, last);
        if (next > upTo || !channel.isWritable()) {
            beatIfSilent(nowNs);
            return false;
        }
        chunk = channel.alloc().buffer(config.chunkBytes() * 2);
        try {
            chunk.writeZero(CHUNK_HEAD_BYTES);
            while (next <= upTo && chunk.readableBytes() < config.chunkBytes()) {
                if (!reader.read(next, onEvent)) {
                    throw new IllegalStateException("event " + next + " was announced and is not there");
                }
                next++;
            }
            closeChunk();
        } catch (RuntimeException e) {
            chunk.release();
            throw e;
        }
        channel.writeAndFlush(chunk);
        lastWriteNs = nowNs;
        return true;
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        json.write(chunk, event, offset);
        chunk.writeByte('\n');
    }

    private void closeChunk() {
        int length = chunk.readableBytes() - CHUNK_HEAD_BYTES;
        if (length > MAX_CHUNK_LENGTH) {
            throw new IllegalStateException("an event of " + length + " bytes");
        }
        chunk.setBytes(0, String.format("%06x\r\n", length).getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(LINE_BREAK);
    }

    /** A feed that begins in the middle of a command has to look at its first leg: only that one names the command. */
    void begin(long visible) {
        if (isBegun || next > Math.min(visible, last)) {
            return;
        }
        isBegun = true;
        int[] legIndex = new int[1];
        reader.read(next, (eventSequence, event, offset, length) -> legIndex[0] = json.legIndex(event, offset));
        if (legIndex[0] == 0) {
            return;
        }
        try {
            reader.read(next - legIndex[0], onFirstLeg);
        } catch (PrunedHistory gone) {
            // A command whose first leg is gone is gone: what is left of it cannot be said without its name.
            isBegun = false;
            next++;
            begin(visible);
        }
    }

    private void beatIfSilent(long nowNs) {
        if (channel.isWritable() && nowNs - lastWriteNs >= config.heartbeatNs()) {
            channel.writeAndFlush(channel.alloc().buffer(HEARTBEAT.length).writeBytes(HEARTBEAT));
            lastWriteNs = nowNs;
        }
    }

    /** Says that this was all, and closes. */
    void finish() {
        reader.close();
        channel.writeAndFlush(channel.alloc().buffer(LAST_CHUNK.length).writeBytes(LAST_CHUNK))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes without the last chunk, so that the client knows that something is missing. */
    void cut() {
        reader.close();
        channel.close();
    }
}
