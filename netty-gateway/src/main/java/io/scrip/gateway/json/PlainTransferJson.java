package io.scrip.gateway.json;

import io.scrip.protocol.BalancesDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The usual transfer as {@link TransferJson} shows it, the same bytes, in a tenth of the steps: posted, without a fee,
 * between main accounts, without metadata. Texts that stand between the values are written whole.
 *
 * <p>Writes into an array from an index on; whoever calls it sees to it that {@link #MAX_LENGTH_BYTES} are there. One
 * instance belongs to one thread; a test compares it with {@link TransferJson}.
 */
public final class PlainTransferJson {
    /** The longest reference that is written here. */
    public static final int MAX_REFERENCE_BYTES = 128;

    /** No document is longer. */
    public static final int MAX_LENGTH_BYTES = 1_024;

    private static final byte[] ID = ascii("{\"id\":\"");
    private static final byte[] FROM = ascii("\",\"status\":\"posted\",\"kind\":\"transfer\",\"from\":\"");
    private static final byte[] TO = ascii("\",\"to\":\"");
    private static final byte[] TOKEN = ascii("\",\"token\":\"");
    private static final byte[] AMOUNT = ascii("\",\"amount\":\"");
    private static final byte[] NET = ascii("\",\"fee\":\"0\",\"net\":\"");
    private static final byte[] SEQUENCE = ascii("\",\"sequence\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":\"");
    private static final byte[] NO_REFERENCE = ascii("\",\"reference\":null,\"metadata\":null,\"balances\":{");
    private static final byte[] REFERENCE = ascii("\",\"reference\":\"");
    private static final byte[] AFTER_REFERENCE = ascii("\",\"metadata\":null,\"balances\":{");
    private static final byte[] FROM_BALANCE = ascii("\"from\":{\"token\":\"");
    private static final byte[] TO_BALANCE = ascii("\"to\":{\"token\":\"");
    private static final byte[] AVAILABLE = ascii("\",\"available\":\"");
    private static final byte[] PENDING = ascii("\",\"pending\":\"");
    private static final byte[] LOCKED = ascii("\",\"locked\":\"");
    private static final byte[] STAKED = ascii("\",\"staked\":\"");
    private static final byte[] TOTAL = ascii("\",\"total\":\"");
    private static final byte[] END_BALANCE = ascii("\"}");
    private static final byte[] END = ascii("}}");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int MAX_LONG_LENGTH = 20;

    private final byte[] digits = new byte[MAX_LONG_LENGTH];
    private byte[] out;
    private int at;
    private long token;
    private int scale;
    private boolean first;

    /** Begins a document at an index: everything before the reference. */
    public PlainTransferJson begin(byte[] bytes, int offset, long idHigh, long idLow, long from, long to) {
        out = bytes;
        at = offset;
        first = true;
        text(ID);
        uuid(idHigh, idLow);
        text(FROM);
        at += WalletIds.write(from, out, at);
        text(TO);
        at += WalletIds.write(to, out, at);
        return this;
    }

    /** What was moved: the token's code and decimal places, and units of it. */
    public PlainTransferJson moved(long code, int decimalPlaces, long units) {
        token = code;
        scale = decimalPlaces;
        text(TOKEN);
        at += TokenCodes.write(code, out, at);
        text(AMOUNT);
        int amountAt = at;
        at += Amounts.write(units, scale, out, at);
        int amountLength = at - amountAt;
        text(NET);
        System.arraycopy(out, amountAt, out, at, amountLength);
        at += amountLength;
        return this;
    }

    /** Sequence and time of the command, neither of them 0. */
    public PlainTransferJson decidedAt(long sequence, long ns) {
        text(SEQUENCE);
        at += writeNumber(sequence, digits, out, at);
        text(TIMESTAMP);
        at += Timestamps.write(ns, out, at);
        return this;
    }

    /** A reference for which {@link #isPlain} holds; of length 0 when there is none. */
    public PlainTransferJson reference(DirectBuffer buffer, int offset, int length) {
        if (length == 0) {
            text(NO_REFERENCE);
        } else {
            text(REFERENCE);
            buffer.getBytes(offset, out, at, length);
            at += length;
            text(AFTER_REFERENCE);
        }
        return this;
    }

    /** Balances of the paying account, for a viewer who may read them; before those of the paid one. */
    public PlainTransferJson from(BalancesDecoder balances) {
        return balance(FROM_BALANCE, balances);
    }

    /** Balances of the account that was paid, for a viewer who may read them. */
    public PlainTransferJson to(BalancesDecoder balances) {
        return balance(TO_BALANCE, balances);
    }

    /** Ends the document; index of the first byte behind it. */
    public int end() {
        text(END);
        return at;
    }

    /** Whether a text can stand in JSON as it is. */
    public static boolean isPlain(DirectBuffer buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte b = buffer.getByte(i);
            if (b < ' ' || b == '"' || b == '\\') {
                return false;
            }
        }
        return length <= MAX_REFERENCE_BYTES;
    }

    /** Whether an account's balance is one that can be shown here. */
    public static boolean isPlain(BalancesDecoder balances) {
        return balances.floor() == 0;
    }

    private PlainTransferJson balance(byte[] name, BalancesDecoder balances) {
        long posted = Math.subtractExact(balances.creditsPosted(), balances.debitsPosted());
        if (!first) {
            out[at++] = ',';
        }
        first = false;
        text(name);
        at += TokenCodes.write(token, out, at);
        text(AVAILABLE);
        at += Amounts.write(posted - balances.debitsPending() - balances.withheld(), scale, out, at);
        text(PENDING);
        at += Amounts.write(balances.creditsPending(), scale, out, at);
        text(LOCKED);
        at += Amounts.write(balances.debitsPending(), scale, out, at);
        text(STAKED);
        at += Amounts.write(balances.staked(), scale, out, at);
        text(TOTAL);
        at += Amounts.write(Math.addExact(posted, balances.staked()), scale, out, at);
        text(END_BALANCE);
        return this;
    }

    private void text(byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        at += bytes.length;
    }

    private void uuid(long high, long low) {
        hex(high, 60, 8);
        out[at++] = '-';
        hex(high, 28, 4);
        out[at++] = '-';
        hex(high, 12, 4);
        out[at++] = '-';
        hex(low, 60, 4);
        out[at++] = '-';
        hex(low, 44, 12);
    }

    private void hex(long value, int highestBits, int count) {
        for (int i = 0; i < count; i++) {
            out[at++] = HEX[(int) (value >>> (highestBits - 4 * i)) & 15];
        }
    }

    /** Writes a number that is not negative; returns how many bytes that took. */
    static int writeNumber(long value, byte[] scratch, byte[] bytes, int offset) {
        long rest = value;
        int from = MAX_LONG_LENGTH;
        do {
            scratch[--from] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        System.arraycopy(scratch, from, bytes, offset, MAX_LONG_LENGTH - from);
        return MAX_LONG_LENGTH - from;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
