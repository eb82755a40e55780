package io.scrip.engine;

import org.agrona.DirectBuffer;

/**
 * Where replies of a group of connections (a gateway's event loop, say) go. Called on the pipeline's thread, after
 * the command is durable; must not block, must not throw.
 */
public interface ReplySink {

    /**
     * One reply (an SBE reply message with its header); the buffer is valid during the call only.
     *
     * @param correlationId the number given to {@link CommandPort#offer}
     */
    void onReply(long correlationId, DirectBuffer reply, int offset, int length);

    /** All replies of this batch that belong to this sink have been handed over: flush now, once. */
    void onBatchEnd();
}
