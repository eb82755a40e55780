package io.scrip.gateway.http;

import io.scrip.engine.CommandPort;
import io.scrip.engine.KeyDirectory;
import io.scrip.engine.SnapshotPort;
import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.auth.TokenBuckets;
import io.scrip.gateway.json.TokenScales;

/** What all connections share. Immutable. */
public record Services(
        GatewayConfig config,
        CommandPort port,
        KeyDirectory keys,
        TokenScales scales,
        StoredOutcomes outcomes,
        Archive archive,
        WalletSockets sockets,
        CommandSockets commandSockets,
        EngineStatus engine,
        SnapshotPort snapshots,
        GatewayMetrics metrics,
        TokenBuckets buckets) {}
