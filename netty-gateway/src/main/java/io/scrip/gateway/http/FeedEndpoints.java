package io.scrip.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.scrip.gateway.http.EventFeeds.Request;
import io.scrip.gateway.json.ProblemKind;

/** The event log as a stream of lines: {@code GET} and {@code HEAD /api/v1/events}. */
final class FeedEndpoints {
    static final String LAST_EVENT = "Scrip-Event-Sequence";

    private static final int OK = 200;
    private static final String LINES = "application/x-ndjson";

    private FeedEndpoints() {}

    /** Sends the head of an endless answer and gives the connection away. */
    static final class Events implements Endpoint {
        @Override
        public boolean takesConnection() {
            return true;
        }

        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            EventFeeds feeds = exchange.loop.services().archive().feeds();
            Request request = Parameters.events(exchange.query);
            HttpConnection connection = exchange.connection();
            Responses responses = exchange.loop.responses();
            if (!connection.head().isHttp11 || !connection.isAlone(exchange)) {
                responses.problem(
                        exchange,
                        ProblemKind.BAD_FRAMING,
                        "Events are sent in chunks of HTTP/1.1, on a connection with no other request in hand.",
                        null);
                return;
            }
            if (request.from() > feeds.lastVisible() + 1) {
                responses.problem(
                        exchange,
                        ProblemKind.INVALID_PARAMETER,
                        "No event has this sequence yet; the last one has " + feeds.lastVisible() + ".",
                        "from");
                return;
            }
            if (request.from() < feeds.firstKept()) {
                responses.problem(
                        exchange,
                        ProblemKind.HISTORY_PRUNED,
                        "Older events have been pruned by the operator; the first that is kept has the sequence "
                                + feeds.firstKept() + ".",
                        "from");
                return;
            }
            if (!feeds.hasRoom()) {
                responses
                        .beginProblem(exchange, ProblemKind.OVERLOADED, "Too many clients follow the events already.")
                        .endObject();
                responses.header("Retry-After", "10").send(exchange, ProblemKind.OVERLOADED.status());
                return;
            }
            handOver(exchange, feeds, request);
        }

        private static void handOver(Exchange exchange, EventFeeds feeds, Request request) {
            HttpConnection connection = exchange.connection();
            ChannelHandlerContext context = connection.context();
            Channel channel = context.channel();
            exchange.loop.metrics().onAnswer(exchange.routeIndex, OK, System.nanoTime() - exchange.startedNs);
            ChannelFuture unused = context.writeAndFlush(
                    exchange.loop
                            .responses()
                            .header(LAST_EVENT, Long.toString(feeds.lastVisible()))
                            .streamHead(exchange, LINES),
                    context.voidPromise());
            channel.pipeline().remove(connection.decoder());
            connection.release(exchange);
            if (!feeds.follow(channel, request)) {
                // Another loop took the last place meanwhile; the client sees an answer that was cut and comes again.
                unused = channel.close();
            }
        }
    }

    /** Tells where the log ends, without a body. */
    static final class LastEvent implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.events(exchange.query);
            long last = exchange.loop.services().archive().feeds().lastVisible();
            Responses responses = exchange.loop.responses();
            responses.begin();
            responses.header(LAST_EVENT, Long.toString(last)).send(exchange, OK);
        }
    }
}
