package io.scrip.tools;

import io.scrip.engine.Pipeline;
import io.scrip.gateway.http.EngineStatus;

/** What health checks and metrics are told about the engine. The gateway starts after recovery, so it is ready. */
record PipelineStatus(Pipeline pipeline) implements EngineStatus {
    @Override
    public boolean isReady() {
        return pipeline.refusalCause() == null;
    }

    @Override
    public long ringRemaining() {
        return pipeline.freeSlots();
    }

    @Override
    public long journalSequence() {
        return pipeline.visibleSequence();
    }

    @Override
    public long eventSequence() {
        return pipeline.visibleEvent();
    }
}
