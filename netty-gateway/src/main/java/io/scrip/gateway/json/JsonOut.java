package io.scrip.gateway.json;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.agrona.DirectBuffer;

/**
 * Writes compact JSON in UTF-8 straight into a buffer, without intermediate strings.
 *
 * <p>Commas are its business, nesting is the caller's. One instance belongs to one thread at a time and is reused:
 * {@link #to} starts a new document. Names must be plain ASCII that needs no escape; they are the API's own words.
 */
public final class JsonOut {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int MAX_LONG_LENGTH = 20;
    private static final int UUID_LENGTH = 36;
    private static final int SCRATCH_LENGTH = 48;

    private final byte[] scratch = new byte[SCRATCH_LENGTH];
    private ByteBuf out;
    private boolean needsComma;

    /** Starts a document at the buffer's writer index. */
    public JsonOut to(ByteBuf buffer) {
        out = buffer;
        needsComma = false;
        return this;
    }

    public JsonOut beginObject() {
        separate();
        out.writeByte('{');
        needsComma = false;
        return this;
    }

    public JsonOut endObject() {
        out.writeByte('}');
        needsComma = true;
        return this;
    }

    public JsonOut beginArray() {
        separate();
        out.writeByte('[');
        needsComma = false;
        return this;
    }

    public JsonOut endArray() {
        out.writeByte(']');
        needsComma = true;
        return this;
    }

    /** Writes a member's name; its value must follow. */
    public JsonOut name(String name) {
        separate();
        out.writeByte('"');
        ByteBufUtil.writeAscii(out, name);
        out.writeByte('"');
        out.writeByte(':');
        needsComma = false;
        return this;
    }

    /** Writes the name of a member that a client has chosen, escaped; its value must follow. */
    public JsonOut clientName(CharSequence name) {
        string(name);
        out.writeByte(':');
        needsComma = false;
        return this;
    }

    /** Writes a string value, escaped; {@code null} becomes JSON null. */
    public JsonOut string(CharSequence text) {
        if (text == null) {
            return nullValue();
        }
        separate();
        out.writeByte('"');
        int length = text.length();
        int plainFrom = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                ByteBufUtil.writeUtf8(out, text, plainFrom, i);
                escape(c);
                plainFrom = i + 1;
            }
        }
        if (plainFrom < length) {
            ByteBufUtil.writeUtf8(out, text, plainFrom, length);
        }
        out.writeByte('"');
        needsComma = true;
        return this;
    }

    /** Writes a string value from UTF-8 bytes, escaped. */
    public JsonOut utf8(DirectBuffer buffer, int offset, int length) {
        separate();
        out.writeByte('"');
        for (int i = offset; i < offset + length; i++) {
            byte b = buffer.getByte(i);
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                escape((char) b);
            } else {
                out.writeByte(b);
            }
        }
        out.writeByte('"');
        needsComma = true;
        return this;
    }

    /** Writes bytes that already are one JSON value in compact form. */
    public JsonOut raw(DirectBuffer buffer, int offset, int length) {
        separate();
        for (int i = offset; i < offset + length; i++) {
            out.writeByte(buffer.getByte(i));
        }
        needsComma = true;
        return this;
    }

    /** Writes text that already is one JSON value in compact form. */
    public JsonOut raw(CharSequence json) {
        separate();
        ByteBufUtil.writeUtf8(out, json);
        needsComma = true;
        return this;
    }

    /** Writes an integer as a JSON number: counts and sequences, never amounts. */
    public JsonOut number(long value) {
        separate();
        if (value == Long.MIN_VALUE) {
            ByteBufUtil.writeAscii(out, "-9223372036854775808");
        } else {
            long rest = Math.abs(value);
            int at = MAX_LONG_LENGTH;
            do {
                scratch[--at] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest != 0);
            if (value < 0) {
                scratch[--at] = '-';
            }
            out.writeBytes(scratch, at, MAX_LONG_LENGTH - at);
        }
        needsComma = true;
        return this;
    }

    public JsonOut bool(boolean value) {
        separate();
        ByteBufUtil.writeAscii(out, value ? "true" : "false");
        needsComma = true;
        return this;
    }

    public JsonOut nullValue() {
        separate();
        ByteBufUtil.writeAscii(out, "null");
        needsComma = true;
        return this;
    }

    /** Writes an amount as a decimal string in token units. */
    public JsonOut amount(long units, int scale) {
        return quoted(Amounts.write(units, scale, scratch, 0));
    }

    /** Writes a time as RFC 3339; 0 (none) becomes JSON null. */
    public JsonOut timestamp(long ns) {
        return ns == 0 ? nullValue() : quoted(Timestamps.write(ns, scratch, 0));
    }

    /** Writes a wallet's id; {@link WalletIds#NONE} becomes JSON null. */
    public JsonOut wallet(long number) {
        return number == WalletIds.NONE ? nullValue() : quoted(WalletIds.write(number, scratch, 0));
    }

    /** Writes a token's code. */
    public JsonOut token(long code) {
        return quoted(TokenCodes.write(code, scratch, 0));
    }

    /** Writes a command id as a UUID. */
    public JsonOut uuid(long high, long low) {
        hex(high, 48, 0, 4);
        hex(high, 32, 4, 4);
        scratch[8] = '-';
        hex(high, 16, 9, 4);
        scratch[13] = '-';
        hex(high, 0, 14, 4);
        scratch[18] = '-';
        hex(low, 48, 19, 4);
        scratch[23] = '-';
        hex(low, 32, 24, 4);
        hex(low, 0, 28, 8);
        return quoted(UUID_LENGTH);
    }

    private void hex(long value, int lowestBit, int offset, int digits) {
        long rest = value >>> lowestBit;
        for (int i = offset + digits - 1; i >= offset; i--) {
            scratch[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
    }

    private JsonOut quoted(int length) {
        separate();
        out.writeByte('"');
        out.writeBytes(scratch, 0, length);
        out.writeByte('"');
        needsComma = true;
        return this;
    }

    private void separate() {
        if (needsComma) {
            out.writeByte(',');
        }
    }

    private void escape(char c) {
        out.writeByte('\\');
        switch (c) {
            case '"', '\\' -> out.writeByte(c);
            case '\n' -> out.writeByte('n');
            case '\r' -> out.writeByte('r');
            case '\t' -> out.writeByte('t');
            default -> {
                ByteBufUtil.writeAscii(out, "u00");
                out.writeByte(HEX[c >>> 4]);
                out.writeByte(HEX[c & 15]);
            }
        }
    }
}
