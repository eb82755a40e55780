package io.scrip.proof;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The salts of commitments, derived from a secret that never leaves the server: the same event always gets the same
 * salts, and one that is shown says nothing about any other. Not thread safe.
 */
final class Salts {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final ByteBuffer input = ByteBuffer.allocate(Long.BYTES + 1);

    Salts(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    byte[] salt(long eventSequence, int commitment) {
        return mac.doFinal(
                input.clear().putLong(eventSequence).put((byte) commitment).array());
    }
}
