package io.scrip.testkit.model;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.TickDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Whether bytes are a whole command that may be journaled, told by walking over them once, as the schema says. */
final class NaiveShape {
    private static final int TEXT = 128;
    private static final int METADATA = 2_048;
    private static final int PIECES = 512;
    private static final int TERMS_AT = 8;
    private static final int SYSTEM = 0;

    /** Ends the walk: something is not as it should be. */
    private static final class Unsound extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unsound() {
            super(null, null, false, false);
        }
    }

    private final DirectBuffer buffer;
    private final int start;
    private final int end;
    private int at;

    private NaiveShape(DirectBuffer buffer, int start, int length) {
        this.buffer = buffer;
        this.start = start;
        end = start + length;
        at = start;
    }

    static boolean isCommand(DirectBuffer buffer, int offset, int length) {
        try {
            new NaiveShape(buffer, offset, length).walk();
            return true;
        } catch (Unsound unsound) {
            return false;
        }
    }

    private void walk() {
        must(end - start <= 2 << 20);
        int blockBytes = u16();
        int template = u16();
        must(u16() == MessageHeaderDecoder.SCHEMA_ID);
        must(u16() <= MessageHeaderDecoder.SCHEMA_VERSION);
        int block = at;
        must(end - block >= 25);
        long idBits = buffer.getLong(block) | buffer.getLong(block + 8);
        must(idBits != 0 || template == TickDecoder.TEMPLATE_ID || template == BatchDecoder.TEMPLATE_ID);
        must(u8(block + 16) <= 3);
        switch (template) {
            case TickDecoder.TEMPLATE_ID -> {
                block(blockBytes, TickDecoder.BLOCK_LENGTH);
                must(u8(block + 16) == SYSTEM);
            }
            case RegisterOperatorKeyDecoder.TEMPLATE_ID -> block(blockBytes, RegisterOperatorKeyDecoder.BLOCK_LENGTH);
            case RegisterTokenDecoder.TEMPLATE_ID -> {
                block(blockBytes, RegisterTokenDecoder.BLOCK_LENGTH);
                must(isTokenCode(block + RegisterTokenDecoder.tokenEncodingOffset()));
                must(u8(block + RegisterTokenDecoder.scaleEncodingOffset()) <= 18);
                must(u8(block + RegisterTokenDecoder.transferableEncodingOffset()) <= 1);
            }
            case OpenWalletDecoder.TEMPLATE_ID -> {
                block(blockBytes, OpenWalletDecoder.BLOCK_LENGTH);
                must(text(TEXT) > 0);
            }
            case ChangeStatusDecoder.TEMPLATE_ID -> {
                block(blockBytes, ChangeStatusDecoder.BLOCK_LENGTH);
                must(u8(block + ChangeStatusDecoder.changeEncodingOffset()) <= 2);
                text(TEXT);
            }
            case SetBoundsDecoder.TEMPLATE_ID -> block(blockBytes, SetBoundsDecoder.BLOCK_LENGTH);
            case SetFeeDecoder.TEMPLATE_ID -> {
                block(blockBytes, SetFeeDecoder.BLOCK_LENGTH);
                must(u8(block + SetFeeDecoder.kindEncodingOffset()) <= 4);
                must(u8(block + SetFeeDecoder.payerEncodingOffset()) <= 1);
            }
            case IssueDecoder.TEMPLATE_ID -> {
                block(blockBytes, IssueDecoder.BLOCK_LENGTH);
                must(u8(block + IssueDecoder.termsEncodingOffset()) <= 2);
                text(TEXT);
                text(METADATA);
            }
            case ReverseDecoder.TEMPLATE_ID -> reverse(blockBytes);
            case BatchDecoder.TEMPLATE_ID -> batch(blockBytes);
            default -> {
                must(isItemKind(template) || isRule(template));
                walkItemOrRule(template, blockBytes, block);
            }
        }
        must(at == end);
    }

    private static boolean isItemKind(int template) {
        return template >= TransferDecoder.TEMPLATE_ID && template <= ExtendHoldDecoder.TEMPLATE_ID;
    }

    private static boolean isRule(int template) {
        return template >= SetParentDecoder.TEMPLATE_ID && template <= KillSwitchDecoder.TEMPLATE_ID;
    }

    private void walkItemOrRule(int template, int blockBytes, int block) {
        switch (template) {
            case TransferDecoder.TEMPLATE_ID -> transfer(blockBytes, block);
            case MultiTransferDecoder.TEMPLATE_ID -> {
                block(blockBytes, MultiTransferDecoder.BLOCK_LENGTH);
                int legs = group(MultiTransferDecoder.LegsDecoder.sbeBlockLength());
                must(legs >= 1 && legs <= 16);
                skip(legs * MultiTransferDecoder.LegsDecoder.sbeBlockLength());
                text(TEXT);
                text(METADATA);
            }
            case PostHoldDecoder.TEMPLATE_ID -> {
                block(blockBytes, PostHoldDecoder.BLOCK_LENGTH);
                must(u8(block + PostHoldDecoder.flagsEncodingOffset()) <= 1);
            }
            case VoidHoldDecoder.TEMPLATE_ID -> block(blockBytes, VoidHoldDecoder.BLOCK_LENGTH);
            case ExtendHoldDecoder.TEMPLATE_ID -> block(blockBytes, ExtendHoldDecoder.BLOCK_LENGTH);
            case SetParentDecoder.TEMPLATE_ID -> block(blockBytes, SetParentDecoder.BLOCK_LENGTH);
            case SetLimitDecoder.TEMPLATE_ID -> {
                block(blockBytes, SetLimitDecoder.BLOCK_LENGTH);
                int window = u8(block + SetLimitDecoder.windowEncodingOffset());
                must(window >= 1 && window <= 4);
            }
            case SetBudgetDecoder.TEMPLATE_ID -> {
                block(blockBytes, SetBudgetDecoder.BLOCK_LENGTH);
                must(u8(block + SetBudgetDecoder.scopeEncodingOffset()) <= 1);
            }
            case AllowCounterpartyDecoder.TEMPLATE_ID -> block(blockBytes, AllowCounterpartyDecoder.BLOCK_LENGTH);
            case RemoveCounterpartyDecoder.TEMPLATE_ID -> block(blockBytes, RemoveCounterpartyDecoder.BLOCK_LENGTH);
            case KillSwitchDecoder.TEMPLATE_ID -> {
                block(blockBytes, KillSwitchDecoder.BLOCK_LENGTH);
                must(u8(block + KillSwitchDecoder.onEncodingOffset()) <= 1);
                text(TEXT);
            }
            default -> throw new Unsound();
        }
    }

    /** A dry run is a query, and has no place in the journal. */
    private void transfer(int blockBytes, int block) {
        block(blockBytes, TransferDecoder.BLOCK_LENGTH);
        int flags = u8(block + TransferDecoder.flagsEncodingOffset());
        must(flags == 0 || flags == 2);
        must(u8(block + TransferDecoder.kindEncodingOffset()) <= 4);
        int conditions = group(TransferDecoder.ConditionsDecoder.sbeBlockLength());
        must(conditions <= 8);
        for (int i = 0; i < conditions; i++) {
            int condition = at;
            skip(TransferDecoder.ConditionsDecoder.sbeBlockLength());
            must(u8(condition) <= 1 && u8(condition + 1) <= 2 && u8(condition + 2) <= 2);
        }
        text(TEXT);
        text(METADATA);
    }

    private void reverse(int blockBytes) {
        int block = at;
        block(blockBytes, ReverseDecoder.BLOCK_LENGTH);
        must(u8(block + ReverseDecoder.originalFeePayerEncodingOffset()) <= 1);
        pieces();
        pieces();
        text(TEXT);
    }

    private void pieces() {
        int count = group(ReverseDecoder.LotsDecoder.sbeBlockLength());
        must(count <= PIECES);
        for (int i = 0; i < count; i++) {
            int piece = at;
            skip(ReverseDecoder.LotsDecoder.sbeBlockLength());
            must(buffer.getLong(piece, ByteOrder.LITTLE_ENDIAN) > 0 && u8(piece + TERMS_AT) <= 2);
        }
    }

    private void batch(int blockBytes) {
        int block = at;
        block(blockBytes, BatchDecoder.BLOCK_LENGTH);
        int items = group(BatchDecoder.ItemsDecoder.sbeBlockLength());
        must(items >= 1 && items <= 8_190);
        for (int i = 0; i < items; i++) {
            int flags = at;
            skip(BatchDecoder.ItemsDecoder.sbeBlockLength());
            must(u8(flags) <= 1);
            int lengthAt = at;
            skip(Integer.BYTES);
            int length = buffer.getInt(lengthAt, ByteOrder.LITTLE_ENDIAN);
            int item = at;
            must(length >= 33);
            skip(length);
            must(isItemKind(buffer.getShort(item + 2, ByteOrder.LITTLE_ENDIAN)) && isCommand(buffer, item, length));
            must(buffer.getByte(item + 24) == buffer.getByte(block + 16));
            must(buffer.getLong(item + 25) == buffer.getLong(block + 17));
        }
    }

    private boolean isTokenCode(int position) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < Long.BYTES; i++) {
            code.append((char) u8(position + i));
        }
        return code.toString().matches("[A-Z0-9]{1,8}\0*");
    }

    private void block(int given, int expected) {
        must(given == expected);
        skip(expected);
    }

    /** Reads a group's head; how many entries it has. */
    private int group(int entryBytes) {
        must(u16() == entryBytes);
        return u16();
    }

    private int text(int most) {
        int bytes = u16();
        must(bytes <= most);
        byte[] utf8 = new byte[bytes];
        int text = at;
        skip(bytes);
        buffer.getBytes(text, utf8);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException notUtf8) {
            throw new Unsound();
        }
        return bytes;
    }

    private int u16() {
        int position = at;
        skip(Short.BYTES);
        return buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private int u8(int position) {
        return buffer.getByte(position) & 0xFF;
    }

    private void skip(int bytes) {
        must(bytes >= 0 && bytes <= end - at);
        at += bytes;
    }

    private static void must(boolean holds) {
        if (!holds) {
            throw new Unsound();
        }
    }
}
