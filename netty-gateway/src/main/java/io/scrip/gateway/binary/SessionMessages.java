package io.scrip.gateway.binary;

import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.HelloDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.PingDecoder;
import io.scrip.protocol.PongEncoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ProblemEncoder;
import io.scrip.protocol.WelcomeEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads and writes the messages about a connection itself. One instance belongs to one loop. */
final class SessionMessages {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_KEY_BYTES = 128;
    private static final int MAX_CLIENT_BYTES = 64;
    private static final int MAX_DETAIL_BYTES = 512;
    private static final String NO_HELLO = "The Hello is not the message its header says.";

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[1_024]);
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final ProblemEncoder problem = new ProblemEncoder();
    private final PongEncoder pong = new PongEncoder();
    private int protocol;
    private String key;

    /** Takes a Hello apart; what is wrong with it, {@code null}: nothing. */
    String readHello(DirectBuffer message, int lengthBytes) {
        int blockBytes = u16(message, 0);
        int keyAt = HEADER_BYTES + blockBytes + Short.BYTES;
        if (!isOurs(message) || blockBytes < HelloDecoder.BLOCK_LENGTH || keyAt > lengthBytes) {
            return NO_HELLO;
        }
        int keyBytes = u16(message, keyAt - Short.BYTES);
        int clientAt = keyAt + keyBytes + Short.BYTES;
        if (clientAt > lengthBytes || clientAt + u16(message, clientAt - Short.BYTES) > lengthBytes) {
            return NO_HELLO;
        }
        if (keyBytes < 1 || keyBytes > MAX_KEY_BYTES || u16(message, clientAt - Short.BYTES) > MAX_CLIENT_BYTES) {
            return "A key has 1 to 128 bytes, a client's name at most 64.";
        }
        byte[] bytes = new byte[keyBytes];
        message.getBytes(keyAt, bytes);
        key = new String(bytes, StandardCharsets.ISO_8859_1);
        protocol = u16(message, HEADER_BYTES);
        return null;
    }

    /** The version that the last Hello asked for. */
    int protocol() {
        return protocol;
    }

    /** The key of the last Hello, once: it is forgotten then. */
    String key() {
        String taken = key;
        key = null;
        return taken;
    }

    boolean isPing(DirectBuffer message, int lengthBytes) {
        return isOurs(message)
                && u16(message, 0) == PingDecoder.BLOCK_LENGTH
                && lengthBytes == HEADER_BYTES + PingDecoder.BLOCK_LENGTH;
    }

    void pong(Session to, long number, DirectBuffer ping) {
        long value = ping.getLong(HEADER_BYTES + PingDecoder.valueEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        pong.wrapAndApplyHeader(scratch, 0, header).value(value);
        to.append(number, scratch, 0, HEADER_BYTES + pong.encodedLength());
    }

    void welcome(Session to, long number, Viewer viewer, BinaryConfig config) {
        welcome.wrapAndApplyHeader(scratch, 0, header)
                .protocol(Session.PROTOCOL)
                .caller()
                .role(viewer.role())
                .wallet(viewer.wallet());
        welcome.schemaVersion(MessageHeaderDecoder.SCHEMA_VERSION)
                .maxFrameBytes(BinaryConfig.MAX_FRAME_BYTES)
                .maxBatchItems(MessageShape.MAX_BATCH_ITEMS)
                .maxInFlight(config.maxInFlight())
                .maxBytesInFlight(config.maxBytesInFlight())
                .idleTimeoutMs((int) Math.min(config.idle().toMillis(), Integer.MAX_VALUE));
        to.append(number, scratch, 0, HEADER_BYTES + welcome.encodedLength());
    }

    void problem(Session to, long number, ProblemCode code, boolean fatal, long retryAfterMs, String detail) {
        byte[] text = detail.getBytes(StandardCharsets.UTF_8);
        problem.wrapAndApplyHeader(scratch, 0, header)
                .code(code)
                .fatal((short) (fatal ? 1 : 0))
                .retryAfterMs((int) Math.min(retryAfterMs, Integer.MAX_VALUE))
                .putDetail(text, 0, Math.min(text.length, MAX_DETAIL_BYTES));
        to.append(number, scratch, 0, HEADER_BYTES + problem.encodedLength());
    }

    private static boolean isOurs(DirectBuffer message) {
        return u16(message, 4) == MessageHeaderDecoder.SCHEMA_ID
                && u16(message, 6) <= MessageHeaderDecoder.SCHEMA_VERSION;
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
