package io.scrip.gateway.history;

import java.util.Arrays;
import java.util.Base64;

/**
 * Where a listing goes on: the next leg of each account that has one.
 *
 * <pre>
 *   base64url( version 1 | n | n × ( token | account code | position ) ), every number after the version as LEB128
 * </pre>
 *
 * It says nothing that its holder could not read anyway and needs no signature: whatever it names is checked when it is
 * read. It stays good for ever, because legs are never changed and accounts never go away.
 */
final class Cursor {
    private static final int VERSION = 1;
    private static final int MAX_TEXT_CHARS = 16_384;
    private static final int MAX_NUMBER_BYTES = 9;
    private static final int NUMBERS_OF_ACCOUNT = 3;

    private Cursor() {}

    /** The opaque text for these positions of the wallet's accounts; at least one is not 0. */
    static String write(AccountHeads heads, long[] positions) {
        byte[] bytes = new byte[1 + (1 + positions.length * NUMBERS_OF_ACCOUNT) * MAX_NUMBER_BYTES];
        bytes[0] = VERSION;
        int at = put(bytes, 1, Arrays.stream(positions).filter(p -> p != 0).count());
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] != 0) {
                at = put(bytes, at, heads.tokens()[i]);
                at = put(bytes, at, heads.accounts()[i]);
                at = put(bytes, at, positions[i]);
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, at));
    }

    /**
     * Positions of a cursor in the order of the wallet's accounts. An account that it does not name has position 0: it
     * had been walked to its end, or all its legs are newer than the first page.
     *
     * @throws BadCursor when the text is none of ours or cannot belong to the wallet
     */
    static long[] read(String text, AccountHeads heads) {
        if (text.isEmpty() || text.length() > MAX_TEXT_CHARS) {
            throw new BadCursor("the cursor has a length that was never given out");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BadCursor("the cursor is not base64url", e);
        }
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new BadCursor("the cursor is of an unknown version");
        }
        long[] positions = new long[heads.size()];
        Scan scan = new Scan(bytes);
        long count = scan.next();
        if (count < 1 || count > positions.length) {
            throw new BadCursor("the cursor is not of this wallet");
        }
        for (int i = 0; i < count; i++) {
            int account = heads.indexOf(scan.next(), scan.next());
            long position = scan.next();
            if (account < 0
                    || positions[account] != 0
                    || position < 1
                    || position > heads.lastEventSequences()[account]) {
                throw new BadCursor("the cursor is not of this wallet");
            }
            positions[account] = position;
        }
        if (!scan.isAtEnd()) {
            throw new BadCursor("the cursor has bytes too many");
        }
        return positions;
    }

    private static int put(byte[] bytes, int from, long value) {
        int at = from;
        long rest = value;
        while (rest > 0x7f) {
            bytes[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private static final class Scan {
        private final byte[] bytes;
        private int at = 1;

        Scan(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isAtEnd() {
            return at == bytes.length;
        }

        long next() {
            long value = 0;
            for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
                if (at >= bytes.length) {
                    throw new BadCursor("the cursor is cut short");
                }
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << (7 * i);
                if (next >= 0) {
                    return value;
                }
            }
            throw new BadCursor("the cursor holds a number out of range");
        }
    }
}
