package io.scrip.snapshotter;

import io.scrip.ledger.EventSink;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Remembers a checksum of the newest event of a core whose events go nowhere else. One thread. */
public final class LastEvent implements EventSink {
    private final CRC32C crc = new CRC32C();
    private byte[] copy = new byte[0];
    private boolean known;
    private int lastCrc;

    private LastEvent(boolean known, int lastCrc) {
        this.known = known;
        this.lastCrc = lastCrc;
    }

    /** For a core that begins with nothing. */
    public static LastEvent none() {
        return new LastEvent(true, 0);
    }

    /** For a core that a snapshot with this header is read into. */
    public static LastEvent of(SnapshotHeader header) {
        return header.anchor() == null
                ? new LastEvent(false, 0)
                : new LastEvent(true, header.anchor().lastEventCrc());
    }

    @Override
    public void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        lastCrc = crcOf(event, offset, length);
        known = true;
    }

    /** What a snapshot says when the logs have been forced; null while no event is known. */
    public SnapshotHeader.Anchor anchor() {
        return known ? new SnapshotHeader.Anchor(lastCrc) : null;
    }

    /** CRC32C of these bytes. */
    int crcOf(DirectBuffer event, int offset, int length) {
        crc.reset();
        byte[] bytes = event.byteArray();
        if (bytes != null && event.wrapAdjustment() == 0) {
            crc.update(bytes, offset, length);
        } else {
            copy = copy.length < length ? new byte[Integer.highestOneBit(length) << 1] : copy;
            event.getBytes(offset, copy, 0, length);
            crc.update(copy, 0, length);
        }
        return (int) crc.getValue();
    }
}
