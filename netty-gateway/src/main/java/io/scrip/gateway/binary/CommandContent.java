package io.scrip.gateway.binary;

import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.MetadataText;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The values that a well-formed command may hold, beyond what its shape says: those that HTTP could have let in. Reads
 * the bytes where they are; one instance belongs to one loop.
 */
final class CommandContent {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int GROUP_HEAD_BYTES = TransferDecoder.ConditionsDecoder.sbeHeaderSize();
    private static final int CONDITION_BYTES = TransferDecoder.ConditionsDecoder.sbeBlockLength();
    private static final int LEG_BYTES = MultiTransferDecoder.LegsDecoder.sbeBlockLength();
    private static final int NO_ACCOUNT = 0xFFFF;

    private static final String BAD_AMOUNT = "an amount must be greater than zero.";
    private static final String BAD_TOKEN = "a token is a capital letter and up to 7 capital letters and digits.";
    private static final String BAD_ACCOUNT = "the code of an account is a number from 0 to 65,534.";
    private static final String BAD_TIME = "a time or a timeout is not negative.";
    private static final String BAD_TEXT = "a text must not hold control characters.";
    private static final String BAD_METADATA = "metadata is one JSON object in compact form, or nothing.";
    private static final String BAD_SIDE = "a condition is about the payer's account.";
    private static final String BAD_VALUE = "what a condition compares with is not negative.";
    private static final String BAD_TERMS = "plain value has no terms, and promotional value is never convertible.";

    private final MetadataText metadata = new MetadataText();

    /** What is wrong with a well-formed command or query, for people; {@code null}: nothing. */
    String fault(DirectBuffer buffer, int at, int lengthBytes, Viewer viewer) {
        int body = at + HEADER_BYTES;
        return switch (MessageShape.templateId(buffer, at)) {
            case TransferDecoder.TEMPLATE_ID -> transfer(buffer, body, at + lengthBytes);
            case MultiTransferDecoder.TEMPLATE_ID -> multiTransfer(buffer, body, at + lengthBytes);
            case PostHoldDecoder.TEMPLATE_ID ->
                i64(buffer, body + PostHoldDecoder.amountEncodingOffset()) < 0 ? BAD_AMOUNT : null;
            case ExtendHoldDecoder.TEMPLATE_ID ->
                i64(buffer, body + ExtendHoldDecoder.timeoutNsEncodingOffset()) <= 0 ? BAD_TIME : null;
            case ReverseDecoder.TEMPLATE_ID -> reverse(buffer, body, at + lengthBytes, viewer);
            case IssueDecoder.TEMPLATE_ID -> issue(buffer, body, at + lengthBytes);
            default -> null;
        };
    }

    private String transfer(DirectBuffer buffer, int body, int end) {
        if (i64(buffer, body + TransferDecoder.amountEncodingOffset()) <= 0) {
            return BAD_AMOUNT;
        }
        if (!TokenCodes.isCode(i64(buffer, body + TransferDecoder.tokenEncodingOffset()))) {
            return BAD_TOKEN;
        }
        if (i64(buffer, body + TransferDecoder.applyBeforeEncodingOffset()) < 0
                || i64(buffer, body + TransferDecoder.timeoutNsEncodingOffset()) < 0) {
            return BAD_TIME;
        }
        if (u16(buffer, body + TransferDecoder.fromAccountEncodingOffset()) == NO_ACCOUNT
                || u16(buffer, body + TransferDecoder.toAccountEncodingOffset()) == NO_ACCOUNT) {
            return BAD_ACCOUNT;
        }
        int conditions = body + TransferDecoder.BLOCK_LENGTH;
        int textsAt = conditions + GROUP_HEAD_BYTES + u16(buffer, conditions + Short.BYTES) * CONDITION_BYTES;
        for (int at = conditions + GROUP_HEAD_BYTES; at < textsAt; at += CONDITION_BYTES) {
            if (buffer.getByte(at) != Side.FROM.value()) {
                return BAD_SIDE;
            }
            if (i64(buffer, at + TransferDecoder.ConditionsDecoder.valueEncodingOffset()) < 0) {
                return BAD_VALUE;
            }
        }
        return texts(buffer, textsAt, end);
    }

    private String multiTransfer(DirectBuffer buffer, int body, int end) {
        if (i64(buffer, body + MultiTransferDecoder.applyBeforeEncodingOffset()) < 0) {
            return BAD_TIME;
        }
        int legs = body + MultiTransferDecoder.BLOCK_LENGTH;
        int textsAt = legs + GROUP_HEAD_BYTES + u16(buffer, legs + Short.BYTES) * LEG_BYTES;
        for (int at = legs + GROUP_HEAD_BYTES; at < textsAt; at += LEG_BYTES) {
            if (i64(buffer, at + MultiTransferDecoder.LegsDecoder.amountEncodingOffset()) <= 0) {
                return BAD_AMOUNT;
            }
            if (!TokenCodes.isCode(i64(buffer, at + MultiTransferDecoder.LegsDecoder.tokenEncodingOffset()))) {
                return BAD_TOKEN;
            }
            if (u16(buffer, at + MultiTransferDecoder.LegsDecoder.fromAccountEncodingOffset()) == NO_ACCOUNT
                    || u16(buffer, at + MultiTransferDecoder.LegsDecoder.toAccountEncodingOffset()) == NO_ACCOUNT) {
                return BAD_ACCOUNT;
            }
        }
        return texts(buffer, textsAt, end);
    }

    /** The original is the gateway's to say: a client names it and leaves the rest empty. */
    private static String reverse(DirectBuffer buffer, int body, int end, Viewer viewer) {
        if (i64(buffer, body + ReverseDecoder.amountEncodingOffset()) < 0) {
            return BAD_AMOUNT;
        }
        int lots = body + ReverseDecoder.BLOCK_LENGTH;
        int feeLots = lots + GROUP_HEAD_BYTES;
        if (u16(buffer, lots + Short.BYTES) != 0 || u16(buffer, feeLots + Short.BYTES) != 0) {
            return "the lots of what is to be given back are not the client's to say.";
        }
        int reasonAt = feeLots + GROUP_HEAD_BYTES + Short.BYTES;
        if (viewer.role() == Role.OPERATOR && reasonAt == end) {
            return "an operator gives a reason.";
        }
        return hasControl(buffer, reasonAt, end) ? BAD_TEXT : null;
    }

    private String issue(DirectBuffer buffer, int body, int end) {
        if (i64(buffer, body + IssueDecoder.amountEncodingOffset()) <= 0) {
            return BAD_AMOUNT;
        }
        if (!TokenCodes.isCode(i64(buffer, body + IssueDecoder.tokenEncodingOffset()))) {
            return BAD_TOKEN;
        }
        String fault = terms(buffer, body + IssueDecoder.termsEncodingOffset());
        return fault != null ? fault : texts(buffer, body + IssueDecoder.BLOCK_LENGTH, end);
    }

    private static String terms(DirectBuffer buffer, int at) {
        long effectiveAt = i64(buffer, at + LotTermsDecoder.effectiveAtEncodingOffset());
        long expiresAt = i64(buffer, at + LotTermsDecoder.expiresAtEncodingOffset());
        long convertibleFrom = i64(buffer, at + LotTermsDecoder.convertibleFromEncodingOffset());
        if (effectiveAt < 0 || expiresAt < 0 || convertibleFrom < 0) {
            return BAD_TIME;
        }
        int category = buffer.getByte(at + LotTermsDecoder.categoryEncodingOffset());
        int priority = buffer.getByte(at + LotTermsDecoder.priorityEncodingOffset());
        boolean isBad = category == LotCategory.PLAIN.value()
                ? (effectiveAt | expiresAt | convertibleFrom | priority) != 0
                : category == LotCategory.PROMOTIONAL.value() && convertibleFrom != Long.MAX_VALUE;
        return isBad ? BAD_TERMS : null;
    }

    /** Reference and metadata, which end where the message does. */
    private String texts(DirectBuffer buffer, int at, int end) {
        int reference = at + Short.BYTES;
        int metadataAt = reference + u16(buffer, at);
        int json = metadataAt + Short.BYTES;
        if (json == end && metadataAt == reference) {
            return null;
        }
        if (hasControl(buffer, reference, metadataAt)) {
            return BAD_TEXT;
        }
        return metadata.isStorable(buffer, json, end - json) ? null : BAD_METADATA;
    }

    /** In UTF-8 that is known to be valid: U+0000 to U+001F, U+007F to U+009F. */
    private static boolean hasControl(DirectBuffer buffer, int from, int to) {
        for (int at = from; at < to; at++) {
            int c = buffer.getByte(at) & 0xFF;
            boolean second = at + 1 < to;
            if (c < 0x20 || c == 0x7F || (c == 0xC2 && second && (buffer.getByte(at + 1) & 0xFF) <= 0x9F)) {
                return true;
            }
        }
        return false;
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
