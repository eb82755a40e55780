package io.scrip.ledger;

import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.VoidHoldDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes a chain of copies of commands, with ids of their own, that ends with a transfer of nothing and so fails. */
final class FailedChain {
    private static final int TRY_SHIFT = 40;

    private FailedChain() {}

    static DirectBuffer of(List<DirectBuffer> commands, int attempt) {
        Set<Long> ids = new HashSet<>();
        commands.forEach(command -> ids.add(idLow(command)));
        List<Item> items = new ArrayList<>();
        for (DirectBuffer command : commands) {
            items.add(new Item(true, renamed(command, ids, attempt)));
        }
        DirectBuffer first = commands.get(0);
        Role role = Role.get((short) first.getByte(MessageShape.CALLER_ROLE_OFFSET));
        long caller = first.getLong(MessageShape.CALLER_WALLET_OFFSET, ByteOrder.LITTLE_ENDIAN);
        long id = ((long) attempt << TRY_SHIFT) + 1_000_000;
        items.add(new Item(
                false,
                new Transfer(id, caller, 2, 3, Commands.token("CRD"), 0, 0, false, false, List.of(), "", "")
                        .encode(role)));
        return Commands.batch(role, caller, items);
    }

    /** The commands of a batch. */
    static List<DirectBuffer> items(DirectBuffer batch) {
        List<DirectBuffer> items = new ArrayList<>();
        BatchDecoder decoder = new BatchDecoder().wrapAndApplyHeader(batch, 0, new MessageHeaderDecoder());
        for (BatchDecoder.ItemsDecoder item : decoder.items()) {
            byte[] bytes = new byte[item.commandLength()];
            item.getCommand(bytes, 0, bytes.length);
            items.add(new UnsafeBuffer(bytes));
        }
        return items;
    }

    private static DirectBuffer renamed(DirectBuffer command, Set<Long> ids, int attempt) {
        MutableDirectBuffer copy = new UnsafeBuffer(new byte[command.capacity()]);
        copy.putBytes(0, command, 0, command.capacity());
        rename(copy, MessageShape.ID_LOW_OFFSET, attempt);
        int holdIdOffset = switch (MessageShape.templateId(command, 0)) {
            case PostHoldDecoder.TEMPLATE_ID -> PostHoldDecoder.holdIdEncodingOffset();
            case VoidHoldDecoder.TEMPLATE_ID -> VoidHoldDecoder.holdIdEncodingOffset();
            case ExtendHoldDecoder.TEMPLATE_ID -> ExtendHoldDecoder.holdIdEncodingOffset();
            default -> 0;
        };
        int holdIdLow = MessageShape.HEADER_BYTES + holdIdOffset + Long.BYTES;
        if (holdIdOffset > 0 && ids.contains(copy.getLong(holdIdLow, ByteOrder.LITTLE_ENDIAN))) {
            rename(copy, holdIdLow, attempt);
        }
        return copy;
    }

    private static void rename(MutableDirectBuffer command, int lowOffset, int attempt) {
        long low = command.getLong(lowOffset, ByteOrder.LITTLE_ENDIAN);
        command.putLong(lowOffset, low ^ ((long) attempt << TRY_SHIFT), ByteOrder.LITTLE_ENDIAN);
    }

    private static long idLow(DirectBuffer command) {
        return command.getLong(MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
