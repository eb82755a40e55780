package io.scrip.gateway.binary;

import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.GetControlsDecoder;
import io.scrip.protocol.GetLotsDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetSettingsDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Looks at a message before it may go near the ring: whether clients may send it, whether this caller may, whether it
 * is whole and holds nothing that HTTP would not let in. Writes the caller over whatever the client put there. One
 * instance belongs to one loop.
 */
final class CommandCheck {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int ID_AT = HEADER_BYTES + BatchDecoder.idEncodingOffset();
    private static final int CALLER_AT = HEADER_BYTES + TransferDecoder.callerEncodingOffset();
    private static final int ROLE_AT = CALLER_AT + CallerDecoder.roleEncodingOffset();
    private static final int WALLET_AT = CALLER_AT + CallerDecoder.walletEncodingOffset();
    private static final int CALLER_END = CALLER_AT + CallerDecoder.ENCODED_LENGTH;
    private static final int FIRST_ITEM_AT =
            HEADER_BYTES + BatchDecoder.BLOCK_LENGTH + BatchDecoder.ItemsDecoder.sbeHeaderSize();
    private static final int ITEM_COUNT_AT = HEADER_BYTES + BatchDecoder.BLOCK_LENGTH + Short.BYTES;
    private static final int ITEM_HEAD_BYTES =
            BatchDecoder.ItemsDecoder.sbeBlockLength() + BatchDecoder.ItemsDecoder.commandHeaderLength();
    private static final int FIRST_SESSION_TEMPLATE = 300;

    private final CommandContent content = new CommandContent();
    private String detail = "";

    /** Why the last message was refused, for people. */
    String detail() {
        return detail;
    }

    /** Whether a message of this kind is a query, which counts for what its answer may weigh. */
    static boolean isQuery(int templateId) {
        return templateId >= GetWalletDecoder.TEMPLATE_ID;
    }

    /** What the answer to a query may weigh: at least the largest that the core gives. */
    static int answerBytes(int queryTemplateId) {
        return switch (queryTemplateId) {
            case GetOutcomeDecoder.TEMPLATE_ID -> 256;
            case GetTrialBalanceDecoder.TEMPLATE_ID, GetSettingsDecoder.TEMPLATE_ID -> 16 << 10;
            case GetLotsDecoder.TEMPLATE_ID -> 40 << 10;
            case GetWalletDecoder.TEMPLATE_ID -> 128 << 10;
            default -> 256 << 10;
        };
    }

    /** Where the items of a batch begin. */
    static int firstItemAt() {
        return FIRST_ITEM_AT;
    }

    /** Bytes between an item's begin and its command. */
    static int itemHeadBytes() {
        return ITEM_HEAD_BYTES;
    }

    /** Length of the command of an item that has been checked. */
    static int commandBytes(DirectBuffer batch, int itemAt) {
        return batch.getInt(itemAt + BatchDecoder.ItemsDecoder.sbeBlockLength(), ByteOrder.LITTLE_ENDIAN);
    }

    /** Why the message may not be offered; {@code null} when it may, and then it says who sends it. */
    ProblemCode check(MutableDirectBuffer message, int lengthBytes, Viewer viewer) {
        if (lengthBytes < HEADER_BYTES) {
            return refuse(ProblemCode.MALFORMED, "A message begins with a header of 8 bytes.");
        }
        int templateId = MessageShape.templateId(message, 0);
        if (!isForClients(templateId)) {
            boolean known = templateId > 0 && templateId < FIRST_SESSION_TEMPLATE;
            return known
                    ? refuse(ProblemCode.NOT_AUTHORIZED, "Clients do not send messages of this kind here.")
                    : refuse(ProblemCode.UNKNOWN_TEMPLATE, "No message has this template id.");
        }
        if (templateId == IssueDecoder.TEMPLATE_ID && viewer.role() != Role.OPERATOR) {
            return refuse(ProblemCode.NOT_AUTHORIZED, "This needs an operator's key.");
        }
        if (lengthBytes < CALLER_END) {
            return refuse(ProblemCode.MALFORMED, "The message is shorter than its id and caller.");
        }
        writeCaller(message, 0, viewer);
        boolean batch = templateId == BatchDecoder.TEMPLATE_ID;
        if (batch) {
            writeCallers(message, lengthBytes, viewer);
        }
        if (!MessageShape.isWellFormed(message, 0, lengthBytes)) {
            return refuse(
                    ProblemCode.MALFORMED,
                    "Lengths, counts, enum values, texts or the schema are not those of this kind of message.");
        }
        return batch ? checkItems(message, lengthBytes, viewer) : checkOne(message, lengthBytes, viewer);
    }

    private static boolean isForClients(int templateId) {
        return switch (templateId) {
            case TransferDecoder.TEMPLATE_ID,
                    BatchDecoder.TEMPLATE_ID,
                    MultiTransferDecoder.TEMPLATE_ID,
                    PostHoldDecoder.TEMPLATE_ID,
                    VoidHoldDecoder.TEMPLATE_ID,
                    ExtendHoldDecoder.TEMPLATE_ID,
                    ReverseDecoder.TEMPLATE_ID,
                    IssueDecoder.TEMPLATE_ID,
                    GetWalletDecoder.TEMPLATE_ID,
                    GetOutcomeDecoder.TEMPLATE_ID,
                    GetTrialBalanceDecoder.TEMPLATE_ID,
                    GetLotsDecoder.TEMPLATE_ID,
                    GetControlsDecoder.TEMPLATE_ID,
                    GetSettingsDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    private static void writeCaller(MutableDirectBuffer message, int at, Viewer viewer) {
        message.putByte(at + ROLE_AT, (byte) viewer.role().value());
        message.putLong(at + WALLET_AT, viewer.wallet(), ByteOrder.LITTLE_ENDIAN);
    }

    /** As far as the items can be followed; whether that is to the end, the shape check says. */
    private static void writeCallers(MutableDirectBuffer batch, int lengthBytes, Viewer viewer) {
        if (lengthBytes < FIRST_ITEM_AT) {
            return;
        }
        int items = batch.getShort(ITEM_COUNT_AT, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        int at = FIRST_ITEM_AT;
        for (int i = 0; i < items; i++) {
            int command = at + ITEM_HEAD_BYTES;
            if (command > lengthBytes) {
                return;
            }
            int commandBytes = commandBytes(batch, at);
            if (commandBytes < CALLER_END || commandBytes > lengthBytes - command) {
                return;
            }
            writeCaller(batch, command, viewer);
            at = command + commandBytes;
        }
    }

    private ProblemCode checkOne(MutableDirectBuffer message, int lengthBytes, Viewer viewer) {
        String fault = content.fault(message, 0, lengthBytes, viewer);
        return fault == null ? null : refuse(ProblemCode.MALFORMED, fault);
    }

    private ProblemCode checkItems(MutableDirectBuffer batch, int lengthBytes, Viewer viewer) {
        if ((batch.getLong(ID_AT) | batch.getLong(ID_AT + Long.BYTES)) != 0) {
            return refuse(ProblemCode.MALFORMED, "A batch has no id, only its items have: send zeros.");
        }
        int item = 0;
        for (int at = FIRST_ITEM_AT; at < lengthBytes; item++) {
            int commandBytes = commandBytes(batch, at);
            int command = at + ITEM_HEAD_BYTES;
            String fault = content.fault(batch, command, commandBytes, viewer);
            if (fault != null) {
                return refuse(ProblemCode.MALFORMED, "Item " + item + ": " + fault);
            }
            at = command + commandBytes;
        }
        return null;
    }

    private ProblemCode refuse(ProblemCode code, String why) {
        detail = why;
        return code;
    }
}
