package io.scrip.tools.damage;

import java.nio.ByteBuffer;
import java.util.zip.Checksum;

/** In the place of CRC32C it says the same of all bytes: a control, to see that the flips find what nobody checks. */
public final class BlindChecksum implements Checksum {
    @Override
    public void update(int value) {
        // Whatever it is.
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        // Whatever they are.
    }

    @Override
    public void update(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public long getValue() {
        return 0;
    }

    @Override
    public void reset() {
        // It has nothing to forget.
    }
}
