package io.scrip.engine;

import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TickEncoder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a tick when a deadline of the core has passed and no other command has come to keep it. Its look at the clock
 * decides only whether to send; what time it is for the ledger is the journaller's to say.
 */
final class Ticker implements Runnable, ReplySink {
    private static final long LOOK_EVERY_NS = 5_000_000;

    private final CommandPort port;
    private final Clock clock;
    private final LongSupplier nextDeadlineNs;
    private final UnsafeBuffer tick = new UnsafeBuffer(new byte[64]);
    private final int tickBytes;
    private final Thread thread = new Thread(this, "scrip-ticker");
    private volatile boolean running = true;
    private volatile boolean underWay;

    Ticker(CommandPort port, Clock clock, LongSupplier nextDeadlineNs) {
        this.port = port;
        this.clock = clock;
        this.nextDeadlineNs = nextDeadlineNs;
        TickEncoder encoder = new TickEncoder().wrapAndApplyHeader(tick, 0, new MessageHeaderEncoder());
        encoder.id().high(0).low(0);
        encoder.caller().role(Role.SYSTEM).wallet(0);
        tickBytes = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        running = false;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (running) {
            long leftNs = leftNs();
            if (leftNs <= 0 && !underWay) {
                underWay = true;
                if (!port.offer(tick, 0, tickBytes, this, 0)) {
                    underWay = false;
                }
            }
            LockSupport.parkNanos(leftNs > 0 ? Math.min(leftNs, LOOK_EVERY_NS) : LOOK_EVERY_NS);
        }
    }

    private long leftNs() {
        long deadlineNs = nextDeadlineNs.getAsLong();
        return deadlineNs == Long.MAX_VALUE ? Long.MAX_VALUE : deadlineNs - clock.nowNs();
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        underWay = false;
    }

    @Override
    public void onBatchEnd() {
        // Nothing to flush.
    }
}
