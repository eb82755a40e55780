package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.TransferFields.Member;
import io.scrip.gateway.request.TransferFields.Shape;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import tools.jackson.core.JsonToken;

/**
 * Reads the bodies of batches: {@code {"items":[{"type":"transfer"|"hold"|"post"|"void"|"extend", …}]}}, each item as
 * the request of its own that it could have been. One instance belongs to one thread.
 */
final class BatchRequests {
    private static final int MAX_MESSAGE_BYTES = 2 << 20;
    private static final String ITEMS = "items";
    private static final FieldTable BATCH = FieldTable.of(ITEMS);

    private static final Shape ANY = new Shape(
            0,
            Member.TYPE,
            Member.ID,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT,
            Member.TIMEOUT,
            Member.LEGS,
            Member.HOLD_ID,
            Member.FINAL,
            Member.LINKED);
    private static final Shape TRANSFER = new Shape(
            5,
            Member.ID,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.TYPE,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT,
            Member.LINKED);
    private static final Shape HOLD = new Shape(
            6,
            Member.ID,
            Member.FROM,
            Member.TO,
            Member.TOKEN,
            Member.AMOUNT,
            Member.TIMEOUT,
            Member.TYPE,
            Member.REFERENCE,
            Member.METADATA,
            Member.CONDITIONS,
            Member.APPLY_BEFORE,
            Member.UP_TO,
            Member.KIND,
            Member.FROM_ACCOUNT,
            Member.TO_ACCOUNT,
            Member.LINKED);
    private static final Shape MULTI = new Shape(
            2,
            Member.ID,
            Member.LEGS,
            Member.TYPE,
            Member.REFERENCE,
            Member.METADATA,
            Member.APPLY_BEFORE,
            Member.LINKED);
    private static final Shape POST =
            new Shape(2, Member.ID, Member.HOLD_ID, Member.TYPE, Member.AMOUNT, Member.FINAL, Member.LINKED);
    private static final Shape VOID = new Shape(2, Member.ID, Member.HOLD_ID, Member.TYPE, Member.LINKED);
    private static final Shape EXTEND =
            new Shape(3, Member.ID, Member.HOLD_ID, Member.TIMEOUT, Member.TYPE, Member.LINKED);

    private final RequestContext context;
    private final JsonBody json;
    private final TransferFields fields;
    private final TransferCommands commands;
    private final BatchEncoder batch = new BatchEncoder();
    private final ExpandableArrayBuffer item = new ExpandableArrayBuffer(4_096);

    BatchRequests(RequestContext context, TransferFields fields) {
        this.context = context;
        this.fields = fields;
        json = context.json;
        commands = new TransferCommands(context, fields);
    }

    int batch(byte[] body, int length, Viewer caller, CommandBuffer out) {
        context.holds().begin();
        int items = json.read(body, length, true, () -> {
            long seen = 0;
            int count = 0;
            while (json.nextField(BATCH, seen) != JsonBody.END) {
                seen = 1;
                count = encodeItems(caller, out);
            }
            if (seen == 0) {
                throw JsonBody.missing(ITEMS);
            }
            return count;
        });
        context.holds().end();
        return items;
    }

    private int encodeItems(Viewer caller, CommandBuffer out) {
        if (json.next() != JsonToken.START_ARRAY) {
            throw JsonBody.wrongType(ITEMS, "a list");
        }
        batch.wrapAndApplyHeader(out.blank(BatchEncoder.BLOCK_LENGTH), 0, context.header);
        batch.id().high(0).low(0);
        RequestContext.writeCaller(batch.caller(), caller);
        BatchEncoder.ItemsEncoder items = batch.itemsCount(RequestReader.MAX_BATCH_ITEMS);
        int count = 0;
        boolean chainOpen = false;
        for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
            if (token != JsonToken.START_OBJECT) {
                throw JsonBody.wrongType(itemName(count), "an object");
            }
            if (count == RequestReader.MAX_BATCH_ITEMS) {
                throw RequestContext.invalid(ITEMS, "A batch has at most 8,190 items.");
            }
            chainOpen = encodeItem(items, count, caller);
            count++;
        }
        if (count == 0) {
            throw RequestContext.invalid(ITEMS, "A batch has at least one item.");
        }
        if (chainOpen) {
            throw RequestContext.invalid(itemName(count - 1) + ".linked", "The last item is linked to nothing.");
        }
        items.resetCountToIndex();
        out.length(MessageHeaderEncoder.ENCODED_LENGTH + batch.encodedLength());
        if (out.length() > MAX_MESSAGE_BYTES) {
            throw new RequestFault(ProblemKind.BODY_TOO_LARGE, ITEMS, "The batch exceeds 2 MiB.");
        }
        return count;
    }

    private boolean encodeItem(BatchEncoder.ItemsEncoder items, int index, Viewer caller) {
        try {
            fields.readAny(json, ANY);
            int itemBytes = encodeCommand(caller);
            items.next().flags().clear().linked(fields.linked);
            items.putCommand(item, 0, itemBytes);
            return fields.linked;
        } catch (RequestFault fault) {
            throw fault.inside(itemName(index));
        }
    }

    private int encodeCommand(Viewer caller) {
        String type = fields.type == null ? "transfer" : fields.type;
        Shape shape = switch (type) {
            case "transfer" -> fields.has(Member.LEGS) ? MULTI : TRANSFER;
            case "hold" -> HOLD;
            case "post" -> POST;
            case "void" -> VOID;
            case "extend" -> EXTEND;
            default ->
                throw RequestContext.invalid(
                        Member.TYPE.text(), "An item's type is transfer, hold, post, void or extend.");
        };
        fields.require(shape);
        CommandId id = CommandId.of(fields.id, caller.wallet());
        if (shape == MULTI) {
            return commands.multi(item, id, caller);
        }
        if (shape == TRANSFER || shape == HOLD) {
            return commands.transfer(item, id, caller);
        }
        CommandId hold = hold(caller);
        if (shape == POST) {
            return commands.post(item, id, hold, caller);
        }
        return shape == VOID ? commands.voidHold(item, id, hold, caller) : commands.extend(item, id, hold, caller);
    }

    private CommandId hold(Viewer caller) {
        try {
            return CommandId.of(fields.holdId, caller.wallet());
        } catch (RequestFault fault) {
            throw RequestContext.invalid(Member.HOLD_ID.text(), fault.getMessage());
        }
    }

    private static String itemName(int index) {
        return ITEMS + "[" + index + "]";
    }
}
