package io.scrip.ledger;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.GetControlsDecoder;
import io.scrip.protocol.GetLotsDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetSettingsDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.VoidHoldDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are a whole, well-formed command or query: known template, exact lengths, UTF-8 texts within their
 * limits, valid enum values. Pure arithmetic on the bytes, before any decoder touches them, so that nothing a client can send
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
    /** Most legs of one transfer. */
    public static final int MAX_LEGS = 16;
    /** Longest reason, in UTF-8 bytes. */
    public static final int MAX_REASON_BYTES = 128;
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
    private static final int LEG_BYTES = MultiTransferDecoder.LegsDecoder.sbeBlockLength();
    private static final int PIECE_BYTES = ReverseDecoder.LotsDecoder.sbeBlockLength();
    private static final int ITEM_BYTES = BatchDecoder.ItemsDecoder.sbeBlockLength();
    private static final int GROUP_HEADER_BYTES = BatchDecoder.ItemsDecoder.sbeHeaderSize();
    private static final int DRY_RUN_FLAG = 1;
    private static final int TRANSFER_FLAGS = 3;
    private static final int ONE_FLAG = 1;
    private static final int INVALID = -1;

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

    /** The same for bytes of which nothing is known yet: what is too short or too long to be a command is none. */
    public static boolean isJournaled(DirectBuffer buffer, int offset, int length) {
        if (length < CALLER_END_OFFSET || length > MAX_MESSAGE_BYTES) {
            return false;
        }
        boolean flagsMissing = length <= HEADER_BYTES + TransferDecoder.flagsEncodingOffset();
        boolean cutTransfer = flagsMissing && templateId(buffer, offset) == TransferDecoder.TEMPLATE_ID;
        return !cutTransfer && isJournaled(buffer, offset);
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
        int templateId = templateId(buffer, offset);
        return templateId < 100
                ? isCommand(templateId, buffer, offset, length)
                : isQuery(templateId, buffer, offset, length);
    }

    private static boolean isQuery(int templateId, DirectBuffer buffer, int offset, int length) {
        return switch (templateId) {
            case GetWalletDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetWalletDecoder.BLOCK_LENGTH, length);
            case GetLotsDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetLotsDecoder.BLOCK_LENGTH, length);
            case GetOutcomeDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetOutcomeDecoder.BLOCK_LENGTH, length);
            case GetTrialBalanceDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, GetTrialBalanceDecoder.BLOCK_LENGTH, length);
            case GetControlsDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetControlsDecoder.BLOCK_LENGTH, length);
            case GetSettingsDecoder.TEMPLATE_ID -> isBlock(buffer, offset, GetSettingsDecoder.BLOCK_LENGTH, length);
            default -> false;
        };
    }

    private static boolean isCommand(int templateId, DirectBuffer buffer, int offset, int length) {
        boolean idless = templateId == BatchDecoder.TEMPLATE_ID || templateId == TickDecoder.TEMPLATE_ID;
        if (!idless && (i64(buffer, offset + ID_HIGH_OFFSET) | i64(buffer, offset + ID_LOW_OFFSET)) == 0) {
            return false;
        }
        return switch (templateId) {
            case TransferDecoder.TEMPLATE_ID -> isTransfer(buffer, offset, length);
            case BatchDecoder.TEMPLATE_ID -> isBatch(buffer, offset, length);
            case MultiTransferDecoder.TEMPLATE_ID -> isMultiTransfer(buffer, offset, length);
            case PostHoldDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, PostHoldDecoder.BLOCK_LENGTH, length)
                        && isByteAtMost(buffer, offset, PostHoldDecoder.flagsEncodingOffset(), ONE_FLAG);
            case VoidHoldDecoder.TEMPLATE_ID -> isBlock(buffer, offset, VoidHoldDecoder.BLOCK_LENGTH, length);
            case ExtendHoldDecoder.TEMPLATE_ID -> isBlock(buffer, offset, ExtendHoldDecoder.BLOCK_LENGTH, length);
            case ReverseDecoder.TEMPLATE_ID -> isReverse(buffer, offset, length);
            case IssueDecoder.TEMPLATE_ID -> {
                int at = block(buffer, offset, IssueDecoder.BLOCK_LENGTH, length);
                yield isReferenceAndMetadata(buffer, offset, at, length)
                        && isTerms(buffer, offset + HEADER_BYTES + IssueDecoder.termsEncodingOffset());
            }
            case OpenWalletDecoder.TEMPLATE_ID -> isOpenWallet(buffer, offset, length);
            case ChangeStatusDecoder.TEMPLATE_ID -> isChangeStatus(buffer, offset, length);
            case SetBoundsDecoder.TEMPLATE_ID -> isBlock(buffer, offset, SetBoundsDecoder.BLOCK_LENGTH, length);
            case SetFeeDecoder.TEMPLATE_ID -> isSetFee(buffer, offset, length);
            case SetParentDecoder.TEMPLATE_ID -> isBlock(buffer, offset, SetParentDecoder.BLOCK_LENGTH, length);
            case SetLimitDecoder.TEMPLATE_ID -> isSetLimit(buffer, offset, length);
            case SetBudgetDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, SetBudgetDecoder.BLOCK_LENGTH, length)
                        && isByteAtMost(
                                buffer, offset, SetBudgetDecoder.scopeEncodingOffset(), BudgetScope.BELOW.value());
            case AllowCounterpartyDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, AllowCounterpartyDecoder.BLOCK_LENGTH, length);
            case RemoveCounterpartyDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, RemoveCounterpartyDecoder.BLOCK_LENGTH, length);
            case KillSwitchDecoder.TEMPLATE_ID -> isKillSwitch(buffer, offset, length);
            case RegisterTokenDecoder.TEMPLATE_ID -> isToken(buffer, offset, length);
            case RegisterOperatorKeyDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, RegisterOperatorKeyDecoder.BLOCK_LENGTH, length);
            case TickDecoder.TEMPLATE_ID ->
                isBlock(buffer, offset, TickDecoder.BLOCK_LENGTH, length)
                        && buffer.getByte(offset + CALLER_ROLE_OFFSET) == Role.SYSTEM.value();
            default -> false;
        };
    }

    private static boolean hasHeader(DirectBuffer buffer, int offset) {
        return u16(buffer, offset + 4) == MessageHeaderDecoder.SCHEMA_ID
                && u16(buffer, offset + 6) <= MessageHeaderDecoder.SCHEMA_VERSION;
    }

    private static boolean isToken(DirectBuffer buffer, int offset, int length) {
        return isBlock(buffer, offset, RegisterTokenDecoder.BLOCK_LENGTH, length)
                && isByteAtMost(buffer, offset, RegisterTokenDecoder.scaleEncodingOffset(), Tokens.MAX_SCALE)
                && isByteAtMost(buffer, offset, RegisterTokenDecoder.transferableEncodingOffset(), 1)
                && Tokens.isCode(i64(buffer, offset + HEADER_BYTES + RegisterTokenDecoder.tokenEncodingOffset()));
    }

    private static boolean isOpenWallet(DirectBuffer buffer, int offset, int length) {
        int at = block(buffer, offset, OpenWalletDecoder.BLOCK_LENGTH, length);
        int end = text(buffer, offset, at, length, MAX_OWNER_BYTES);
        return end == length && end > at + 2;
    }

    private static boolean isChangeStatus(DirectBuffer buffer, int offset, int length) {
        int at = block(buffer, offset, ChangeStatusDecoder.BLOCK_LENGTH, length);
        return text(buffer, offset, at, length, MAX_REASON_BYTES) == length
                && isByteAtMost(buffer, offset, ChangeStatusDecoder.changeEncodingOffset(), StatusChange.CLOSE.value());
    }

    private static boolean isSetFee(DirectBuffer buffer, int offset, int length) {
        return isBlock(buffer, offset, SetFeeDecoder.BLOCK_LENGTH, length)
                && isByteAtMost(buffer, offset, SetFeeDecoder.kindEncodingOffset(), TransferKind.SERVICE.value())
                && isByteAtMost(buffer, offset, SetFeeDecoder.payerEncodingOffset(), FeePayer.SENDER.value());
    }

    private static boolean isSetLimit(DirectBuffer buffer, int offset, int length) {
        int window = SetLimitDecoder.windowEncodingOffset();
        return isBlock(buffer, offset, SetLimitDecoder.BLOCK_LENGTH, length)
                && isByteAtMost(buffer, offset, window, SpendingWindow.THIRTY_DAYS.value())
                && !isByteAtMost(buffer, offset, window, SpendingWindow.NONE.value());
    }

    private static boolean isKillSwitch(DirectBuffer buffer, int offset, int length) {
        int at = block(buffer, offset, KillSwitchDecoder.BLOCK_LENGTH, length);
        return text(buffer, offset, at, length, MAX_REASON_BYTES) == length
                && isByteAtMost(buffer, offset, KillSwitchDecoder.onEncodingOffset(), 1);
    }

    private static boolean isReverse(DirectBuffer buffer, int offset, int length) {
        int lotsAt = block(buffer, offset, ReverseDecoder.BLOCK_LENGTH, length);
        int feeLotsAt = pieces(buffer, offset, lotsAt, length);
        int reasonAt = pieces(buffer, offset, feeLotsAt, length);
        return text(buffer, offset, reasonAt, length, MAX_REASON_BYTES) == length
                && isByteAtMost(
                        buffer, offset, ReverseDecoder.originalFeePayerEncodingOffset(), FeePayer.SENDER.value());
    }

    private static int pieces(DirectBuffer buffer, int offset, int at, int length) {
        int end = group(buffer, offset, at, length, PIECE_BYTES, 0, LotPieces.MAX_PIECES);
        for (int entry = at + GROUP_HEADER_BYTES; entry < end; entry += PIECE_BYTES) {
            if (i64(buffer, offset + entry) <= 0 || !isTerms(buffer, offset + entry + Long.BYTES)) {
                return INVALID;
            }
        }
        return end;
    }

    private static boolean isTerms(DirectBuffer buffer, int at) {
        return (buffer.getByte(at + LotTermsDecoder.categoryEncodingOffset()) & 0xFF)
                <= LotCategory.PROMOTIONAL.value();
    }

    private static boolean isTransfer(DirectBuffer buffer, int offset, int length) {
        int at = block(buffer, offset, TransferDecoder.BLOCK_LENGTH, length);
        int end = group(buffer, offset, at, length, CONDITION_BYTES, 0, MAX_CONDITIONS);
        if (end == INVALID
                || !isByteAtMost(buffer, offset, TransferDecoder.flagsEncodingOffset(), TRANSFER_FLAGS)
                || !isByteAtMost(buffer, offset, TransferDecoder.kindEncodingOffset(), TransferKind.SERVICE.value())) {
            return false;
        }
        for (int entry = at + GROUP_HEADER_BYTES; entry < end; entry += CONDITION_BYTES) {
            if (!isCondition(buffer, offset + entry)) {
                return false;
            }
        }
        return isReferenceAndMetadata(buffer, offset, end, length);
    }

    private static boolean isCondition(DirectBuffer buffer, int at) {
        return (buffer.getByte(at) & 0xFF) <= Side.TO.value()
                && (buffer.getByte(at + 1) & 0xFF) <= Measure.POSTED.value()
                && (buffer.getByte(at + 2) & 0xFF) <= Comparison.AT_MOST.value();
    }

    private static boolean isMultiTransfer(DirectBuffer buffer, int offset, int length) {
        int at = block(buffer, offset, MultiTransferDecoder.BLOCK_LENGTH, length);
        int end = group(buffer, offset, at, length, LEG_BYTES, 1, MAX_LEGS);
        return isReferenceAndMetadata(buffer, offset, end, length);
    }

    private static boolean isBatch(DirectBuffer buffer, int offset, int length) {
        int position = block(buffer, offset, BatchDecoder.BLOCK_LENGTH, length);
        if (position == INVALID || length < position + GROUP_HEADER_BYTES) {
            return false;
        }
        int items = u16(buffer, offset + position + 2);
        if (u16(buffer, offset + position) != ITEM_BYTES || items < 1 || items > MAX_BATCH_ITEMS) {
            return false;
        }
        position += GROUP_HEADER_BYTES;
        for (int i = 0; i < items; i++) {
            int commandAt = position + ITEM_BYTES + Integer.BYTES;
            if (length < commandAt || (buffer.getByte(offset + position) & 0xFF) > ONE_FLAG) {
                return false;
            }
            int commandBytes = buffer.getInt(offset + position + ITEM_BYTES, ByteOrder.LITTLE_ENDIAN);
            if (commandBytes < CALLER_END_OFFSET || commandBytes > length - commandAt) {
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
        boolean mayBeItem = switch (templateId(buffer, at)) {
            case TransferDecoder.TEMPLATE_ID,
                    MultiTransferDecoder.TEMPLATE_ID,
                    PostHoldDecoder.TEMPLATE_ID,
                    VoidHoldDecoder.TEMPLATE_ID,
                    ExtendHoldDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
        return mayBeItem
                && isWellFormed(buffer, at, length)
                && isJournaled(buffer, at)
                && buffer.getByte(at + CALLER_ROLE_OFFSET) == buffer.getByte(batchOffset + CALLER_ROLE_OFFSET)
                && i64(buffer, at + CALLER_WALLET_OFFSET) == i64(buffer, batchOffset + CALLER_WALLET_OFFSET);
    }

    // Each of these takes the position where something should begin, counted from the message's start, and gives the
    // position after it, or INVALID.

    private static int block(DirectBuffer buffer, int offset, int blockBytes, int length) {
        boolean fits = u16(buffer, offset) == blockBytes && length >= HEADER_BYTES + blockBytes;
        return fits ? HEADER_BYTES + blockBytes : INVALID;
    }

    private static int text(DirectBuffer buffer, int offset, int at, int length, int maxBytes) {
        if (at == INVALID || length < at + Short.BYTES) {
            return INVALID;
        }
        int bytes = u16(buffer, offset + at);
        int start = at + Short.BYTES;
        boolean fits = bytes <= maxBytes && start + bytes <= length;
        return fits && Utf8.isValid(buffer, offset + start, bytes) ? start + bytes : INVALID;
    }

    private static int group(
            DirectBuffer buffer, int offset, int at, int length, int entryBytes, int minEntries, int maxEntries) {
        if (at == INVALID || length < at + GROUP_HEADER_BYTES || u16(buffer, offset + at) != entryBytes) {
            return INVALID;
        }
        int entries = u16(buffer, offset + at + 2);
        int end = at + GROUP_HEADER_BYTES + entries * entryBytes;
        return entries >= minEntries && entries <= maxEntries && end <= length ? end : INVALID;
    }

    private static boolean isBlock(DirectBuffer buffer, int offset, int blockBytes, int length) {
        return block(buffer, offset, blockBytes, length) == length;
    }

    private static boolean isReferenceAndMetadata(DirectBuffer buffer, int offset, int at, int length) {
        int metadataAt = text(buffer, offset, at, length, MAX_REFERENCE_BYTES);
        return text(buffer, offset, metadataAt, length, MAX_METADATA_BYTES) == length;
    }

    /** Whether a byte of the fixed block holds one of the values 0 to {@code max}. */
    private static boolean isByteAtMost(DirectBuffer buffer, int offset, int fieldOffset, int max) {
        return (buffer.getByte(offset + HEADER_BYTES + fieldOffset) & 0xFF) <= max;
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
