package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The 128-bit id of a command, from what a client wrote in {@code Idempotency-Key} or {@code id}. A UUID is taken as it
 * is; any other key of 1 to 64 visible ASCII characters becomes the first 16 bytes of SHA-256 over the caller's wallet
 * number, a colon and the key, marked as a UUIDv8. Immutable.
 *
 * @param uuid7 whether the id says its own time, so that it is protected against replay for ever
 */
public record CommandId(long high, long low, boolean uuid7) {
    /** The name of the member and of the header's counterpart in problems. */
    public static final String FIELD = "id";

    private static final int MAX_KEY_LENGTH = 64;
    private static final int UUID_LENGTH = 36;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The id that header and body agree on.
     *
     * @param header value of {@code Idempotency-Key}, {@code null} when there is none
     * @param body   value of {@code id}, {@code null} when there is none
     * @return {@code null} when neither gives one
     */
    public static CommandId resolve(String header, String body, long callerWallet) {
        return agreed(header, body == null ? null : of(body, callerWallet), callerWallet);
    }

    /** Like {@link #resolve}, for a body whose id has been read already. */
    static CommandId agreed(String header, CommandId fromBody, long callerWallet) {
        CommandId fromHeader = header == null ? null : of(unquoted(header), callerWallet);
        if (fromHeader != null && fromBody != null && !fromHeader.equals(fromBody)) {
            throw new RequestFault(
                    ProblemKind.ID_MISMATCH, FIELD, "Idempotency-Key and id differ. Send one of them, or both alike.");
        }
        return fromHeader != null ? fromHeader : fromBody;
    }

    /** Like {@link #resolve}, for commands that must bring an id. */
    public static CommandId require(String header, String body, long callerWallet) {
        CommandId id = resolve(header, body, callerWallet);
        if (id == null) {
            throw new RequestFault(
                    ProblemKind.ID_MISSING,
                    FIELD,
                    "Send an id of your own (a UUIDv7 is best) in the header Idempotency-Key or in the field id.");
        }
        return id;
    }

    /** The id behind a client's text. */
    public static CommandId of(String text, long callerWallet) {
        CommandId uuid = parseUuid(text);
        if (uuid != null) {
            if ((uuid.high | uuid.low) == 0) {
                throw new RequestFault(ProblemKind.INVALID_VALUE, FIELD, "The id must not be all zeros.");
            }
            return uuid;
        }
        boolean visible = !text.isEmpty() && text.length() <= MAX_KEY_LENGTH;
        for (int i = 0; visible && i < text.length(); i++) {
            visible = text.charAt(i) > ' ' && text.charAt(i) < 0x7F;
        }
        if (!visible) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, FIELD, "An id is a UUID, or 1 to 64 visible ASCII characters.");
        }
        ByteBuffer hash =
                ByteBuffer.wrap(sha256().digest((callerWallet + ":" + text).getBytes(StandardCharsets.US_ASCII)));
        // Marked as a UUIDv8: one in 64 hashes looks like a UUIDv7, whose time the ledger would believe.
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        return new CommandId(high, (hash.getLong() >>> 2) | (1L << 63), false);
    }

    /** A fresh UUIDv7, for commands that may come without an id. */
    public static CommandId random() {
        long timeMs = System.currentTimeMillis();
        long high = (timeMs << 16) | 0x7000 | RANDOM.nextInt(0x1000);
        long low = (RANDOM.nextLong() >>> 2) | (1L << 63);
        return new CommandId(high, low, true);
    }

    private static String unquoted(String header) {
        int last = header.length() - 1;
        boolean quoted = last > 0 && header.charAt(0) == '"' && header.charAt(last) == '"';
        return quoted ? header.substring(1, last) : header;
    }

    /** The id that a UUID's text is, {@code null} when it is no such text. */
    static CommandId parseUuid(CharSequence text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return null;
                }
                continue;
            }
            int digit = hexDigit(c);
            if (digit < 0) {
                return null;
            }
            if (i < 18) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        boolean version7 = (high >>> 12 & 0xF) == 7 && low >>> 62 == 2;
        return new CommandId(high, low, version7);
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
