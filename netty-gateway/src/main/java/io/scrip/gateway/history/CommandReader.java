package io.scrip.gateway.history;

import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.Id128Decoder;
import io.scrip.protocol.MessageHeaderDecoder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/** Takes a command out of its SBE message. Holds flyweights: one thread at a time. */
public final class CommandReader {
    private static final int ORIGIN_BYTES = Id128Decoder.ENCODED_LENGTH + CallerDecoder.ENCODED_LENGTH;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Id128Decoder id = new Id128Decoder();
    private final CallerDecoder caller = new CallerDecoder();
    private final Int2ObjectHashMap<CommandKind> kinds = new Int2ObjectHashMap<>();

    /** Knows every kind of command; one without a table entry is read as {@link StoredCommand.Other}. */
    public CommandReader() {
        for (List<CommandKind> family :
                List.of(MovementKinds.all(), HoldKinds.all(), AdminKinds.all(), SettingKinds.all())) {
            for (CommandKind kind : family) {
                kinds.put(kind.templateId(), kind);
            }
        }
    }

    /**
     * Copies everything it needs; the buffer may be reused afterwards.
     *
     * @throws IllegalArgumentException when the bytes are too short to be a command
     */
    public StoredCommand read(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + ORIGIN_BYTES) {
            throw new IllegalArgumentException("no command has only " + length + " bytes");
        }
        header.wrap(buffer, offset);
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        id.wrap(buffer, body);
        caller.wrap(buffer, body + Id128Decoder.ENCODED_LENGTH);
        StoredCommand.Origin origin = new StoredCommand.Origin(id.high(), id.low(), caller.role(), caller.wallet());
        CommandKind kind = kinds.get(header.templateId());
        return kind == null
                ? new StoredCommand.Other(origin, header.templateId())
                : kind.decoding().read(origin, buffer, body, header.blockLength(), header.version());
    }
}
