package io.scrip.tools.inspect;

import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.tools.inspect.MessageSchema.Block;
import io.scrip.tools.inspect.MessageSchema.Choices;
import io.scrip.tools.inspect.MessageSchema.Composite;
import io.scrip.tools.inspect.MessageSchema.Data;
import io.scrip.tools.inspect.MessageSchema.Enumeration;
import io.scrip.tools.inspect.MessageSchema.Field;
import io.scrip.tools.inspect.MessageSchema.FieldType;
import io.scrip.tools.inspect.MessageSchema.Group;
import io.scrip.tools.inspect.MessageSchema.Message;
import io.scrip.tools.inspect.MessageSchema.Primitive;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.agrona.DirectBuffer;

/**
 * Turns any message of the schema into names and values, complete, whatever its kind: maps for blocks, lists for groups,
 * messages inside messages decoded too. Bytes that are no message of ours become hexadecimal digits; nothing throws for
 * any bytes. One thread.
 */
final class MessageText {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEADER_BYTES = 4;
    private static final int MAX_DEPTH = 4;
    private static final Set<String> WALLETS =
            Set.of("wallet", "from", "to", "revenueWallet", "counterparty", "parent", "killedBy");
    private static final Set<String> TIMES =
            Set.of("timestamp", "applyBefore", "expiresAt", "effectiveAt", "convertibleFrom");
    private static final Set<String> HASHES = Set.of("keyHashHigh", "keyHashLow");

    private final MessageSchema schema;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int position;
    private int end;
    private int version;
    private int depth;

    MessageText(MessageSchema schema) {
        this.schema = schema;
    }

    /** A message with its header. The key {@code message} has its name. */
    Map<String, Object> decode(DirectBuffer message, int offset, int length) {
        buffer = message;
        depth = 0;
        return message(offset, length);
    }

    private Map<String, Object> message(int offset, int length) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (length < HEADER_BYTES) {
            result.put("message", "unreadable");
            result.put("bytes", hex(offset, length));
            return result;
        }
        header.wrap(buffer, offset);
        Message message = schema.message(header.templateId());
        boolean ours = header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && message != null;
        int outerEnd = end;
        int outerVersion = version;
        version = header.version();
        position = offset + HEADER_BYTES;
        end = offset + length;
        depth++;
        try {
            if (!ours || depth > MAX_DEPTH) {
                throw new IndexOutOfBoundsException("no message of this schema");
            }
            result.put("message", message.name());
            block(message.block(), header.blockLength(), result);
            if (position != end) {
                result.put("rest", hex(position, end - position));
            }
        } catch (IndexOutOfBoundsException tooShort) {
            result.putIfAbsent("message", "unknown template " + header.templateId());
            result.put("bytes", hex(offset, length));
        }
        depth--;
        position = offset + length;
        end = outerEnd;
        version = outerVersion;
        return result;
    }

    private void block(Block block, int blockLength, Map<String, Object> target) {
        int start = position;
        require(start, blockLength);
        for (Field field : block.fields()) {
            int after = position + field.type().lengthBytes();
            // A writer of an older version has shorter blocks.
            if (field.sinceVersion() <= version && after <= start + blockLength) {
                target.put(field.name(), value(field.name(), field.type(), position));
                position = after;
            }
        }
        position = start + blockLength;
        for (Group group : block.groups()) {
            if (group.sinceVersion() <= version) {
                target.put(group.name(), group(group));
            }
        }
        for (Data data : block.data()) {
            if (data.sinceVersion() <= version) {
                target.put(data.name(), data(data));
            }
        }
    }

    private List<Object> group(Group group) {
        require(position, GROUP_HEADER_BYTES);
        int blockLength = buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        int count = buffer.getShort(position + Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        position += GROUP_HEADER_BYTES;
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> entry = new LinkedHashMap<>();
            block(group.block(), blockLength, entry);
            entries.add(entry);
        }
        return entries;
    }

    private Object data(Data data) {
        require(position, data.lengthFieldBytes());
        long length = number(position, data.lengthFieldBytes(), false);
        position += data.lengthFieldBytes();
        if (length > end - position) {
            throw new IndexOutOfBoundsException("data of " + length + " bytes");
        }
        int start = position;
        if (data.text()) {
            position += (int) length;
            byte[] bytes = new byte[(int) length];
            buffer.getBytes(start, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return length == 0 ? null : message(start, (int) length);
    }

    private Object value(String name, FieldType type, int at) {
        if (type instanceof Primitive primitive) {
            return named(name, number(at, primitive.lengthBytes(), primitive.signed()), primitive);
        }
        if (type instanceof Enumeration enumeration) {
            long number = number(at, enumeration.lengthBytes(), false);
            return enumeration.names().getOrDefault(number, Long.toString(number));
        }
        if (type instanceof Choices choices) {
            return choices(choices, number(at, choices.lengthBytes(), false));
        }
        Composite composite = (Composite) type;
        if (composite.name().equals("Id128")) {
            UUID id = new UUID(number(at, Long.BYTES, true), number(at + Long.BYTES, Long.BYTES, true));
            return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0 ? null : id.toString();
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        int part = at;
        for (Field field : composite.fields()) {
            parts.put(field.name(), value(field.name(), field.type(), part));
            part += field.type().lengthBytes();
        }
        return parts;
    }

    /** 64-bit numbers as text, because not every reader of JSON keeps all their digits. */
    private static Object named(String name, long number, Primitive type) {
        if (type.lengthBytes() < Long.BYTES) {
            return number;
        }
        if (name.equals("token")) {
            return number == 0 ? null : InspectText.token(number);
        }
        if (WALLETS.contains(name)) {
            return number == 0 ? null : InspectText.wallet(number);
        }
        if (TIMES.contains(name)) {
            boolean never = number == Long.MAX_VALUE && !name.equals("timestamp");
            return number == 0 ? null : never ? "never" : InspectText.time(number);
        }
        if (HASHES.contains(name)) {
            return InspectText.hash(number);
        }
        boolean bound = number == Long.MIN_VALUE || number == Long.MAX_VALUE;
        return bound ? "unlimited" : Long.toString(number);
    }

    private static List<String> choices(Choices choices, long bits) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < choices.lengthBytes() * Byte.SIZE; bit++) {
            if ((bits >>> bit & 1) == 1) {
                names.add(choices.names().getOrDefault(bit, "bit " + bit));
            }
        }
        return names;
    }

    private long number(int at, int lengthBytes, boolean signed) {
        require(at, lengthBytes);
        return switch (lengthBytes) {
            case 1 -> signed ? buffer.getByte(at) : buffer.getByte(at) & 0xFF;
            case 2 -> {
                short value = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN);
                yield signed ? value : value & 0xFFFF;
            }
            case 4 -> {
                int value = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
                yield signed ? value : value & 0xFFFF_FFFFL;
            }
            default -> buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private void require(int at, int lengthBytes) {
        if (lengthBytes > end - at) {
            throw new IndexOutOfBoundsException("the message ends early");
        }
    }

    private String hex(int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
