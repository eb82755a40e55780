package io.scrip.gateway.auth;

import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The text of API keys and the hashes by which the ledger knows them.
 *
 * <pre>
 *   wallet key    sk_&lt;wallet id&gt;_&lt;43 characters&gt;     hash over the 43 characters
 *   operator key  any text of 16 to 128 visible characters    hash over the whole text
 * </pre>
 *
 * <p>The 43 characters are 32 random bytes in base64url. A hash is the first 16 bytes of SHA-256. A wallet's key is
 * hashed without its id, because the id is not known before the ledger has opened the wallet.
 */
public final class ApiKey {
    /** What an operator's key begins with when the launcher makes it. */
    public static final String OPERATOR_PREFIX = "sk_operator_";

    /** Bounds of a key that an operator chose. */
    public static final int MIN_OPERATOR_LENGTH = 16;

    static final int MAX_LENGTH = 128;

    private static final String PREFIX = "sk_";
    private static final int SECRET_BYTES = 32;
    static final int SECRET_LENGTH = 43;
    private static final int WALLET_KEY_LENGTH = PREFIX.length() + WalletIds.LENGTH_BYTES + 1 + SECRET_LENGTH;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ApiKey() {}

    /** The first 16 bytes of a SHA-256, as two big-endian longs. */
    public record Hash(long high, long low) {}

    /** 43 fresh random characters. */
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The key of a wallet, once its number is known. */
    public static String walletKey(long wallet, String secret) {
        return PREFIX + WalletIds.toText(wallet) + "_" + secret;
    }

    /** The wallet that a key says it is of, or {@link WalletIds#NONE} when it does not have a wallet key's form. */
    static long walletOf(CharSequence key) {
        boolean form = key.length() == WALLET_KEY_LENGTH
                && key.charAt(0) == 's'
                && key.charAt(1) == 'k'
                && key.charAt(2) == '_'
                && key.charAt(PREFIX.length() + WalletIds.LENGTH_BYTES) == '_';
        return form ? WalletIds.parse(key, PREFIX.length()) : WalletIds.NONE;
    }

    /** Hash of a secret or of an operator's whole key. */
    public static Hash hash(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new Hash(longAt(digest, 0), longAt(digest, Long.BYTES));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static long longAt(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[offset + i] & 0xFF);
        }
        return value;
    }
}
