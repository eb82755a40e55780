package io.scrip.tools.load;

import java.net.InetSocketAddress;

/**
 * How a load is driven.
 *
 * @param server       takes the requests
 * @param connections  in all
 * @param depth        requests under way on one connection at a time
 * @param threads      that drive them, each its share of the connections
 * @param rate         requests per second in an open loop; 0 for a closed one
 * @param warmUpNs     before anything counts
 * @param durationNs   that counts
 * @param drainNs      how long to wait afterwards for what is late
 * @param requestBytes what a request usually takes
 */
public record LoadPlan(
        InetSocketAddress server,
        int connections,
        int depth,
        int threads,
        double rate,
        long warmUpNs,
        long durationNs,
        long drainNs,
        int requestBytes) {
    private static final long USUAL_DRAIN_NS = 10_000_000_000L;
    private static final int USUAL_REQUEST_BYTES = 512;
    private static final int ITEM_BYTES = 160;
    static final int MOST_CONNECTIONS = 20_000;
    static final int MOST_UNDER_WAY = 1_024;
    static final int MOST_THREADS = 64;

    public LoadPlan {
        require(connections >= 1 && connections <= MOST_CONNECTIONS, "connections must be 1 to 20000");
        require(depth >= 1 && depth <= MOST_UNDER_WAY, "requests under way on a connection must be 1 to 1024");
        require(threads >= 1 && threads <= MOST_THREADS, "threads must be 1 to 64");
        require(rate >= 0 && rate <= 100_000_000, "the rate must be above 0 and at most 100000000");
        require(durationNs > 0, "the duration must be above 0");
    }

    private static void require(boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** A closed loop with one request under way on each connection. */
    public static LoadPlan closed(InetSocketAddress server, int connections, long durationNs) {
        return new LoadPlan(server, connections, 1, 1, 0, 0, durationNs, USUAL_DRAIN_NS, USUAL_REQUEST_BYTES);
    }

    /** The same with requests at fixed moments. */
    public LoadPlan atRate(double perSecond) {
        return new LoadPlan(
                server, connections, depth, threads, perSecond, warmUpNs, durationNs, drainNs, requestBytes);
    }

    /** The same with a warm-up before it. */
    public LoadPlan warmedUp(long ns) {
        return new LoadPlan(server, connections, depth, threads, rate, ns, durationNs, drainNs, requestBytes);
    }

    /** The same with more under way on each connection. */
    public LoadPlan withDepth(int requests) {
        return new LoadPlan(server, connections, requests, threads, rate, warmUpNs, durationNs, drainNs, requestBytes);
    }

    /** The same on more threads, at most one for each connection. */
    public LoadPlan withThreads(int count) {
        return new LoadPlan(server, connections, depth, count, rate, warmUpNs, durationNs, drainNs, requestBytes);
    }

    /** The same with another patience at the end. */
    public LoadPlan drained(long ns) {
        return new LoadPlan(server, connections, depth, threads, rate, warmUpNs, durationNs, ns, requestBytes);
    }

    /** The same for requests with so many items. */
    public LoadPlan withBatch(int items) {
        int bytes = USUAL_REQUEST_BYTES + (items > 1 ? items * ITEM_BYTES : 0);
        return new LoadPlan(server, connections, depth, threads, rate, warmUpNs, durationNs, drainNs, bytes);
    }
}
