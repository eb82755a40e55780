package io.scrip.gateway.request;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are metadata as the ledger keeps them: nothing, or one JSON object in compact form. What comes over the
 * binary door is shown over HTTP as it stands, so it must be what HTTP itself would have written. One instance belongs
 * to one thread.
 */
public final class MetadataText {
    private final JsonBody json = new JsonBody();
    private final Metadata metadata = new Metadata();

    /** Whether these bytes, at most 2,048, may be stored. */
    public boolean isStorable(DirectBuffer buffer, int offset, int lengthBytes) {
        if (lengthBytes == 0) {
            return true;
        }
        byte[] bytes = new byte[lengthBytes];
        buffer.getBytes(offset, bytes);
        try {
            json.read(bytes, lengthBytes, false, () -> {
                metadata.readMembers(json);
                return null;
            });
        } catch (RequestFault malformed) {
            return false;
        }
        return metadata.lengthBytes() == lengthBytes
                && Arrays.equals(bytes, 0, lengthBytes, metadata.bytes(), 0, lengthBytes);
    }
}
