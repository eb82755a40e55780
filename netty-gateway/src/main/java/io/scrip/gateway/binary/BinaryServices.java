package io.scrip.gateway.binary;

import io.scrip.engine.CommandPort;
import io.scrip.engine.KeyDirectory;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.TokenBuckets;
import io.scrip.gateway.history.History;

/** What all binary connections share. Immutable. */
record BinaryServices(
        BinaryConfig config,
        GatewayConfig.Timeouts timeouts,
        CommandPort port,
        KeyDirectory keys,
        TokenBuckets buckets,
        History history,
        BinaryMetrics metrics) {}
