package io.scrip.gateway.request;

import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.AsciiText;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import org.agrona.MutableDirectBuffer;

/**
 * The usual body of a transfer, read straight from its bytes into the command, without an object in between:
 * {@code {"id","from","to","token","amount","reference"}}, strings of plain ASCII without escapes, nothing malformed.
 *
 * <p>It accepts or passes, and never refuses: whatever is not exactly that is for {@link JsonBody}, which knows what to
 * say about it. A test compares the commands that both make. One instance belongs to one thread.
 */
final class PlainTransfer {
    private static final int ID = 1;
    private static final int FROM = 1 << 1;
    private static final int TO = 1 << 2;
    private static final int TOKEN = 1 << 3;
    private static final int AMOUNT = 1 << 4;
    private static final int REFERENCE = 1 << 5;
    private static final int REQUIRED = FROM | TO | TOKEN | AMOUNT;
    private static final int NOT_HERE = -1;
    private static final byte[] NO_BYTES = new byte[0];

    private final RequestContext context;
    private final TransferEncoder transfer = new TransferEncoder();
    private final AsciiText text = new AsciiText();

    private byte[] body;
    private int end;
    private int at;
    private int seen;
    private CommandId own;
    private long from;
    private long to;
    private long token;
    private int amountAt;
    private int amountLength;
    private int referenceAt;
    private int referenceLength;

    PlainTransfer(RequestContext context) {
        this.context = context;
    }

    /**
     * Encodes the body's command.
     *
     * @return the command's id; {@code null} when this body is for somebody else
     */
    CommandId read(byte[] bytes, int length, String idHeader, Viewer caller, CommandBuffer out) {
        body = bytes;
        end = length;
        at = 0;
        seen = 0;
        if (!readMembers() || (seen & REQUIRED) != REQUIRED || ((seen & ID) == 0 && idHeader == null)) {
            return null;
        }
        int scale = context.scaleOf(token);
        if (scale == TokenScales.UNKNOWN) {
            return null;
        }
        long amount = Amounts.parse(text.of(body, amountAt, amountLength), scale);
        if (amount <= 0) {
            return null;
        }
        CommandId id = CommandId.agreed(idHeader, (seen & ID) == 0 ? null : own, caller.wallet());
        out.length(encode(out.buffer(), id, amount, caller));
        return id;
    }

    private int encode(MutableDirectBuffer buffer, CommandId id, long amount, Viewer caller) {
        transfer.wrapAndApplyHeader(CommandBuffer.blank(buffer, TransferEncoder.BLOCK_LENGTH), 0, context.header);
        transfer.id().high(id.high()).low(id.low());
        RequestContext.writeCaller(transfer.caller(), caller);
        transfer.from(from).to(to).token(token).amount(amount).kind(TransferKind.PLAIN);
        transfer.conditionsCount(0);
        boolean hasReference = (seen & REFERENCE) != 0;
        transfer.putReference(body, hasReference ? referenceAt : 0, hasReference ? referenceLength : 0);
        transfer.putMetadata(NO_BYTES, 0, 0);
        return MessageHeaderEncoder.ENCODED_LENGTH + transfer.encodedLength();
    }

    private boolean readMembers() {
        if (next() != '{') {
            return false;
        }
        do {
            int nameAt = string();
            if (nameAt == NOT_HERE) {
                return false;
            }
            int nameLength = at - 1 - nameAt;
            if (next() != ':') {
                return false;
            }
            int valueAt = string();
            if (valueAt == NOT_HERE || !take(nameAt, nameLength, valueAt, at - 1 - valueAt)) {
                return false;
            }
        } while (next() == ',');
        if (body[at - 1] != '}') {
            return false;
        }
        return next() == NOT_HERE;
    }

    /** The next byte that is no white space, or {@link #NOT_HERE} at the end. */
    private int next() {
        while (at < end) {
            byte b = body[at++];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                // No byte is taken for the end.
                return b & 0xFF;
            }
        }
        return NOT_HERE;
    }

    /** Where the string that comes next begins; it ends before the quote behind which this stands afterwards. */
    private int string() {
        if (next() != '"') {
            return NOT_HERE;
        }
        int start = at;
        while (at < end) {
            byte b = body[at++];
            if (b == '"') {
                return start;
            }
            if (b < ' ' || b == '\\' || b == 0x7F) {
                return NOT_HERE;
            }
        }
        return NOT_HERE;
    }

    private boolean take(int nameAt, int nameLength, int valueAt, int valueLength) {
        int member = memberOf(nameAt, nameLength);
        if (member == 0 || (seen & member) != 0) {
            return false;
        }
        seen |= member;
        switch (member) {
            case ID -> {
                return takeId(valueAt, valueLength);
            }
            case FROM -> {
                from = wallet(valueAt, valueLength);
                return WalletIds.isWellFormed(text);
            }
            case TO -> {
                to = wallet(valueAt, valueLength);
                return WalletIds.isWellFormed(text);
            }
            case TOKEN -> {
                token = TokenCodes.parse(text.of(body, valueAt, valueLength));
                return token != TokenCodes.NONE;
            }
            case AMOUNT -> {
                amountAt = valueAt;
                amountLength = valueLength;
                return true;
            }
            default -> {
                referenceAt = valueAt;
                referenceLength = valueLength;
                return valueLength <= TransferFields.MAX_REFERENCE_BYTES;
            }
        }
    }

    private long wallet(int valueAt, int valueLength) {
        text.of(body, valueAt, valueLength);
        return WalletIds.isWellFormed(text) ? WalletIds.decode(text) : WalletIds.NONE;
    }

    private boolean takeId(int valueAt, int valueLength) {
        text.of(body, valueAt, valueLength);
        own = CommandId.parseUuid(text);
        return own != null && (own.high() | own.low()) != 0;
    }

    private int memberOf(int nameAt, int nameLength) {
        return switch (nameLength) {
            case 2 -> is(nameAt, "id") ? ID : is(nameAt, "to") ? TO : 0;
            case 4 -> is(nameAt, "from") ? FROM : 0;
            case 5 -> is(nameAt, "token") ? TOKEN : 0;
            case 6 -> is(nameAt, "amount") ? AMOUNT : 0;
            case 9 -> is(nameAt, "reference") ? REFERENCE : 0;
            default -> 0;
        };
    }

    private boolean is(int nameAt, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (body[nameAt + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
