package io.scrip.gateway.binary;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.scrip.protocol.ProblemCode;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** What {@code /metrics} tells of binary connections. Any thread. */
final class BinaryMetrics {
    private final AtomicInteger connections = new AtomicInteger();
    private final Counter frames = Counter.builder()
            .name("scrip_binary_frames_total")
            .help("Frames taken from clients.")
            .build();
    private final Counter answers = Counter.builder()
            .name("scrip_binary_answers_total")
            .help("Answers given, problems not among them.")
            .build();
    private final Counter problems = Counter.builder()
            .name("scrip_binary_problems_total")
            .help("Frames answered with a problem.")
            .labelNames("code")
            .build();
    private final CounterDataPoint[] byCode = new CounterDataPoint[256];

    BinaryMetrics(PrometheusRegistry registry) {
        registry.register(frames);
        registry.register(answers);
        registry.register(problems);
        GaugeWithCallback.builder()
                .name("scrip_binary_connections")
                .help("Open binary connections, over TCP and WebSocket.")
                .callback(callback -> callback.call(connections.get()))
                .register(registry);
        for (ProblemCode code : ProblemCode.values()) {
            if (code != ProblemCode.NULL_VAL) {
                byCode[code.value()] = problems.labelValues(code.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    void onConnected() {
        connections.incrementAndGet();
    }

    void onDisconnected() {
        connections.decrementAndGet();
    }

    void onFrames(long count) {
        frames.inc(count);
    }

    void onAnswers(long count) {
        answers.inc(count);
    }

    void onProblem(ProblemCode code) {
        byCode[code.value()].inc();
    }
}
