package io.scrip.ledger;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. Allocates
 * nothing. Any thread.
 */
final class Utf8 {
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isValid(DirectBuffer buffer, int offset, int length) {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            while (end - position >= Long.BYTES
                    && (buffer.getLong(position, ByteOrder.LITTLE_ENDIAN) & NOT_ASCII) == 0) {
                position += Long.BYTES;
            }
            if (position < end) {
                int bytes = characterBytes(buffer, position, end - position);
                if (bytes == 0) {
                    return false;
                }
                position += bytes;
            }
        }
        return true;
    }

    /** How many bytes the character there has; 0 when it is none. */
    private static int characterBytes(DirectBuffer buffer, int at, int left) {
        int first = buffer.getByte(at);
        if (first >= 0) {
            return 1;
        }
        int bytes = (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : (first & 0xF8) == 0xF0 ? 4 : 0;
        if (bytes == 0 || bytes > left) {
            return 0;
        }
        int codePoint = first & (0x7F >> bytes);
        for (int i = 1; i < bytes; i++) {
            int next = buffer.getByte(at + i);
            if ((next & 0xC0) != 0x80) {
                return 0;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        boolean shortest = switch (bytes) {
            case 2 -> codePoint >= 0x80;
            case 3 -> codePoint >= 0x800;
            default -> codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
        };
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return shortest && !surrogate && codePoint <= Character.MAX_CODE_POINT ? bytes : 0;
    }
}
