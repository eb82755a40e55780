package io.scrip.gateway.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What {@code /metrics} tells. Counted by route and status, never by wallet: the number of series is bounded. Any
 * thread.
 */
public final class GatewayMetrics {
    private static final double NS_PER_SECOND = 1e9;
    private static final int STATUSES = 600;
    private static final String NO_ROUTE = "none";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter requests = Counter.builder()
            .name("scrip_http_requests_total")
            .help("Requests answered.")
            .labelNames("method", "route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("scrip_http_request_seconds")
            .help("From the head of a request to its answer being ready.")
            .labelNames("method", "route")
            .classicOnly()
            .classicUpperBounds(
                    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
            .register(registry);

    private String[] methods = {};
    private String[] paths = {};
    private CounterDataPoint[][] counters = {};
    private DistributionDataPoint[] durations = {};

    public GatewayMetrics(EngineStatus engine) {
        gauge("scrip_ring_remaining", "Free places in the command ring.", engine::ringRemaining);
        gauge("scrip_journal_sequence", "Sequence of the last visible command.", engine::journalSequence);
        gauge("scrip_event_sequence", "Sequence of the last visible event.", engine::eventSequence);
        gauge("scrip_http_connections", "Open connections.", connections::get);
    }

    /** Learns the routes, before any request. */
    void routes(List<Route> routes) {
        int count = routes.size() + 1;
        methods = new String[count];
        paths = new String[count];
        counters = new CounterDataPoint[count][STATUSES];
        durations = new DistributionDataPoint[count];
        for (int i = 0; i < count; i++) {
            boolean known = i < routes.size();
            methods[i] = known ? routes.get(i).method() : NO_ROUTE;
            paths[i] = known ? routes.get(i).path() : NO_ROUTE;
            durations[i] = seconds.labelValues(methods[i], paths[i]);
        }
    }

    /** Counts an answer; {@code routeIndex} -1 stands for no route. */
    void onAnswer(int routeIndex, int status, long durationNs) {
        int index = routeIndex < 0 ? paths.length - 1 : routeIndex;
        CounterDataPoint counter = counters[index][status];
        if (counter == null) {
            // Two loops may both make it: the library hands both the same one.
            counter = requests.labelValues(methods[index], paths[index], Integer.toString(status));
            counters[index][status] = counter;
        }
        counter.inc();
        durations[index].observe((double) durationNs / NS_PER_SECOND);
    }

    void onConnected() {
        connections.incrementAndGet();
    }

    void onDisconnected() {
        connections.decrementAndGet();
    }

    /** Open connections now. */
    public int connections() {
        return connections.get();
    }

    /** Where other parts of the gateway register their own metrics. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** Writes everything in Prometheus' text format. */
    void writeTo(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }
}
