package io.scrip.gateway.auth;

import io.scrip.engine.KeyDirectory;
import io.scrip.gateway.json.AsciiText;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Finds out whose key a connection sends. One instance belongs to one connection: it remembers the hash of the last
 * header, so that a kept-alive connection does not hash each time, and still asks the directory each time, so that a
 * key that is taken away stops working at once.
 */
public final class Authenticator {
    private static final byte[] SCHEME = "bearer ".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_HEADER_BYTES = SCHEME.length + ApiKey.MAX_LENGTH;
    private static final int SHA256_BYTES = 32;

    private final KeyDirectory directory;
    private final AsciiText text = new AsciiText();
    private final byte[] digest = new byte[SHA256_BYTES];
    private final byte[] lastHeader = new byte[MAX_HEADER_BYTES];
    private int lastLength;
    private MessageDigest sha256;
    private long lastWallet;
    private long lastHigh;
    private long lastLow;
    private Viewer lastViewer;

    public Authenticator(KeyDirectory directory) {
        this.directory = directory;
    }

    /** Who sends this {@code Authorization} header; {@code null} when nobody that is known, or there is none. */
    public Viewer viewerOf(String header) {
        if (header == null) {
            return null;
        }
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return viewerOf(bytes, 0, bytes.length);
    }

    /** The same for a header in its bytes. */
    public Viewer viewerOf(byte[] in, int from, int length) {
        boolean same = lastLength > 0 && Arrays.equals(in, from, from + length, lastHeader, 0, lastLength);
        if (!same && !learn(in, from, length)) {
            return null;
        }
        boolean live = lastWallet == WalletIds.NONE
                ? directory.isOperatorKey(lastHigh, lastLow)
                : directory.isWalletKey(lastWallet, lastHigh, lastLow);
        return live ? lastViewer : null;
    }

    private boolean learn(byte[] in, int from, int length) {
        int keyLength = length - SCHEME.length;
        if (keyLength < 1 || keyLength > ApiKey.MAX_LENGTH || !hasScheme(in, from)) {
            return false;
        }
        int keyAt = from + SCHEME.length;
        long wallet = ApiKey.walletOf(text.of(in, keyAt, keyLength));
        int hashedLength = wallet == WalletIds.NONE ? keyLength : ApiKey.SECRET_LENGTH;
        hash(in, keyAt + keyLength - hashedLength, hashedLength);
        lastWallet = wallet;
        lastViewer = wallet == WalletIds.NONE ? Viewer.OPERATOR : Viewer.ofWallet(wallet);
        lastLength = length;
        System.arraycopy(in, from, lastHeader, 0, length);
        return true;
    }

    private static boolean hasScheme(byte[] in, int from) {
        for (int i = 0; i < SCHEME.length; i++) {
            byte b = in[from + i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != SCHEME[i]) {
                return false;
            }
        }
        return true;
    }

    private void hash(byte[] in, int from, int length) {
        if (sha256 == null) {
            sha256 = ApiKey.sha256();
        }
        sha256.update(in, from, length);
        try {
            sha256.digest(digest, 0, SHA256_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 is 32 bytes", e);
        }
        lastHigh = ApiKey.longAt(digest, 0);
        lastLow = ApiKey.longAt(digest, Long.BYTES);
    }
}
