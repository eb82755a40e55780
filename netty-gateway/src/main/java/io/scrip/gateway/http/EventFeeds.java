package io.scrip.gateway.http;

import io.netty.channel.Channel;

/** Follows the whole event log for clients. Any thread. */
public interface EventFeeds {

    /** Event sequence of the last event that may be shown. */
    long lastVisible();

    /**
     * Takes over a channel whose client has got the head of a chunked answer, on its event loop. Nothing of HTTP is in
     * its pipeline any more.
     *
     * @return false when too many follow already: the channel was not touched
     */
    boolean follow(Channel channel, Request request);

    /** The first event that has not been pruned. */
    long firstKept();

    /** Whether another client may follow now. */
    boolean hasRoom();

    /**
     * What a client wants to see.
     *
     * @param from     first event sequence, from 1
     * @param limit    how many at most; {@link Long#MAX_VALUE}: any number
     * @param isFollow whether to wait for what is yet to come; otherwise the answer ends with the last event there is
     * @param commands whether the commands come along as they were sent
     */
    record Request(long from, long limit, boolean isFollow, boolean commands) {
        public Request {
            if (from < 1 || limit < 1) {
                throw new IllegalArgumentException("events are counted from 1");
            }
        }
    }
}
