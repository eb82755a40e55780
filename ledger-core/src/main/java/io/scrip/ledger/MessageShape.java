package io.scrip.ledger;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are a whole, well-formed command or query: known template, exact lengths, texts within their limits,
 * valid enum values. Pure arithmetic on the bytes, before any decoder touches them, so that nothing a client can send
 * makes the core throw. Any thread.
 *
 * <pre>
 *   | header 8 | fixed block | groups: 4 + n × entry | texts: 2 + length each |   and not a byte more
 * </pre>
 */
public final class MessageShape {
    /** Longest reference, in UTF-8 bytes. */
    public static final int MAX_REFERENCE_BYTES = 128;
    /** Longest metadata, in UTF-8 bytes. */
    public static final int MAX_METADATA_BYTES = 2048;
    /** Longest owner, in UTF-8 bytes. */
    public static final int MAX_OWNER_BYTES = Wallets.MAX_OWNER_BYTES;
    /** Most conditions on one transfer. */
    public static final int MAX_CONDITIONS = 8;
    /** Most items in one batch. */
    public static final int MAX_BATCH_ITEMS = 8190;
    /** Most bytes of one message. */
    public static final int MAX_MESSAGE_BYTES = 2 << 20;

    static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    /** Every command and query begins with these, after its header. */
    static final int ID_HIGH_OFFSET = HEADER_BYTES;

    static final int ID_LOW_OFFSET = HEADER_BYTES + 8;
    static final int CALLER_ROLE_OFFSET = HEADER_BYTES + 16;
    static final int CALLER_WALLET_OFFSET = HEADER_BYTES + 17;
    static final int CALLER_END_OFFSET = HEADER_BYTES + 25;

    private static final int CONDITION_BYTES = TransferDecoder.ConditionsDecoder.sbeBlockLength();
    private static final int ITEM_BYTES = BatchDecoder.ItemsDecoder.sbeBlockLength();
    private static final int GROUP_HEADER_BYTES = BatchDecoder.ItemsDecoder.sbeHeaderSize();
    private static final int DRY_RUN_FLAG = 1;
    private static final int KNOWN_TRANSFER_FLAGS = 3;
    private static final int KNOWN_ITEM_FLAGS = 1;

    private MessageShape() {}

    /** Template id of a message that has at least a header. */
    public static int templateId(DirectBuffer buffer, int offset) {
        return u16(buffer, offset + 2);
    }

    /** Whether a well-formed message changes state and so belongs into the journal. */
    public static boolean isJournaled(DirectBuffer buffer, int offset) {
        int templateId = templateId(buffer, offset);
        return templateId < 100 && !(templateId == TransferDecoder.TEMPLATE_ID && isDryRun(buffer, offset));
    }

    static boolean isDryRun(DirectBuffer buffer, int offset) {
        int flags = buffer.getByte(offset + HEADER_BYTES + TransferDecoder.flagsEncodingOffset());
        return (flags & DRY_RUN_FLAG) != 0;
    }

    /** Whether the message may be offered to the engine. */
    public static boolean isWellFormed(DirectBuffer buffer, int offset, int length) {
        if (length < CALLER_END_OFFSET || length > MAX_MESSAGE_BYTES || !hasHeader(buffer, offset)) {
            return false;
        }
        int role = buffer.getByte(offset + CALLER_ROLE_OFFSET);
        if (role < Role.SYSTEM.value() || role > Role.AUDITOR.value()) {
            return false;
        }
        return switch (templateId(buffer, offset)) {
            case TransferDecoder.TEMPLATE_ID -> hasId(buffer, offset) && isTransfer(buffer, offset, length);
            case BatchDecoder.TEMPLATE_ID -> isBatch(buffer, offset, length);
            case IssueDecoder.TEMPLATE_ID ->
                hasId(buffer, offset) && isTextsUpToEnd(buffer, offset, IssueDecoder.BLOCK_LENGTH, length);
            case OpenWalletDecoder.TEMPLATE_ID -> hasId(buffer, offset) && isOpenWallet(buffer, offset, length);
            case RegisterTokenDecoder.TEMPLATE_ID -> hasId(buffer, offset) && isToken(buffer, offset, length);
            case RegisterOperatorKeyDecoder.TEMPLATE_ID ->
                hasId(buffer, offset) && isBlock(buffer, offset, RegisterOperatorKeyDecoder.BLOCK_LENGTH, length);
            case GetWalletDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetWalletDecoder.BLOCK_LENGTH, length);
            case GetOutcomeDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetOutcomeDecoder.BLOCK_LENGTH, length);
            case GetTrialBalanceDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, GetTrialBalanceDecoder.BLOCK_LENGTH, length);
            default -> false;
        };
    }

    private static boolean hasHeader(DirectBuffer buffer, int offset) {
        return u16(buffer, offset + 4) == MessageHeaderDecoder.SCHEMA_ID
                && u16(buffer, offset + 6) <= MessageHeaderDecoder.SCHEMA_VERSION;
    }

    private static boolean hasId(DirectBuffer buffer, int offset) {
        return (i64(buffer, offset + ID_HIGH_OFFSET) | i64(buffer, offset + ID_LOW_OFFSET)) != 0;
    }

    private static boolean isBlock(DirectBuffer buffer, int offset, int blockBytes, int length) {
        return u16(buffer, offset) == blockBytes && length == HEADER_BYTES + blockBytes;
    }

    private static boolean isToken(DirectBuffer buffer, int offset, int length) {
        if (!isBlock(buffer, offset, RegisterTokenDecoder.BLOCK_LENGTH, length)) {
            return false;
        }
        int block = offset + HEADER_BYTES;
        int scale = buffer.getByte(block + RegisterTokenDecoder.scaleEncodingOffset()) & 0xFF;
        int transferable = buffer.getByte(block + RegisterTokenDecoder.transferableEncodingOffset()) & 0xFF;
        long code = i64(buffer, block + RegisterTokenDecoder.tokenEncodingOffset());
        return scale <= Tokens.MAX_SCALE && transferable <= 1 && Tokens.isCode(code);
    }

    private static boolean isOpenWallet(DirectBuffer buffer, int offset, int length) {
        int textAt = HEADER_BYTES + OpenWalletDecoder.BLOCK_LENGTH;
        if (u16(buffer, offset) != OpenWalletDecoder.BLOCK_LENGTH || length < textAt + 2) {
            return false;
        }
        int ownerBytes = u16(buffer, offset + textAt);
        return ownerBytes >= 1 && ownerBytes <= MAX_OWNER_BYTES && length == textAt + 2 + ownerBytes;
    }

    private static boolean isTransfer(DirectBuffer buffer, int offset, int length) {
        int position = HEADER_BYTES + TransferDecoder.BLOCK_LENGTH;
        if (u16(buffer, offset) != TransferDecoder.BLOCK_LENGTH || length < position + GROUP_HEADER_BYTES) {
            return false;
        }
        int flags = buffer.getByte(offset + HEADER_BYTES + TransferDecoder.flagsEncodingOffset()) & 0xFF;
        int entryBytes = u16(buffer, offset + position);
        int conditions = u16(buffer, offset + position + 2);
        if (flags > KNOWN_TRANSFER_FLAGS || entryBytes != CONDITION_BYTES || conditions > MAX_CONDITIONS) {
            return false;
        }
        position += GROUP_HEADER_BYTES;
        if (length < position + conditions * CONDITION_BYTES) {
            return false;
        }
        for (int i = 0; i < conditions; i++, position += CONDITION_BYTES) {
            if (!isCondition(buffer, offset + position)) {
                return false;
            }
        }
        return isTexts(buffer, offset, position, length);
    }

    private static boolean isCondition(DirectBuffer buffer, int at) {
        int side = buffer.getByte(at) & 0xFF;
        int measure = buffer.getByte(at + 1) & 0xFF;
        int comparison = buffer.getByte(at + 2) & 0xFF;
        return side <= 1 && measure <= 2 && comparison <= 2;
    }

    private static boolean isTextsUpToEnd(DirectBuffer buffer, int offset, int blockBytes, int length) {
        return u16(buffer, offset) == blockBytes && isTexts(buffer, offset, HEADER_BYTES + blockBytes, length);
    }

    private static boolean isTexts(DirectBuffer buffer, int offset, int textsAt, int length) {
        if (length < textsAt + 2) {
            return false;
        }
        int referenceBytes = u16(buffer, offset + textsAt);
        int metadataAt = textsAt + 2 + referenceBytes;
        if (referenceBytes > MAX_REFERENCE_BYTES || length < metadataAt + 2) {
            return false;
        }
        int metadataBytes = u16(buffer, offset + metadataAt);
        return metadataBytes <= MAX_METADATA_BYTES && length == metadataAt + 2 + metadataBytes;
    }

    private static boolean isBatch(DirectBuffer buffer, int offset, int length) {
        int position = HEADER_BYTES + BatchDecoder.BLOCK_LENGTH;
        if (u16(buffer, offset) != BatchDecoder.BLOCK_LENGTH || length < position + GROUP_HEADER_BYTES) {
            return false;
        }
        int items = u16(buffer, offset + position + 2);
        if (u16(buffer, offset + position) != ITEM_BYTES || items < 1 || items > MAX_BATCH_ITEMS) {
            return false;
        }
        position += GROUP_HEADER_BYTES;
        for (int i = 0; i < items; i++) {
            int commandAt = position + ITEM_BYTES + 4;
            if (length < commandAt || (buffer.getByte(offset + position) & 0xFF) > KNOWN_ITEM_FLAGS) {
                return false;
            }
            int commandBytes = buffer.getInt(offset + position + ITEM_BYTES, ByteOrder.LITTLE_ENDIAN);
            if (commandBytes < 0 || commandBytes > length - commandAt) {
                return false;
            }
            if (!isItem(buffer, offset + commandAt, commandBytes, offset)) {
                return false;
            }
            position = commandAt + commandBytes;
        }
        return position == length;
    }

    private static boolean isItem(DirectBuffer buffer, int at, int length, int batchOffset) {
        return length >= CALLER_END_OFFSET
                && templateId(buffer, at) == TransferDecoder.TEMPLATE_ID
                && isWellFormed(buffer, at, length)
                && !isDryRun(buffer, at)
                && buffer.getByte(at + CALLER_ROLE_OFFSET) == buffer.getByte(batchOffset + CALLER_ROLE_OFFSET)
                && i64(buffer, at + CALLER_WALLET_OFFSET) == i64(buffer, batchOffset + CALLER_WALLET_OFFSET);
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
