package io.scrip.tools;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash under which the core knows keys. */
final class Sha256 {
    private Sha256() {}

    /** The first 16 of the 32 bytes over a text's UTF-8 bytes, as two big-endian longs. */
    static long[] firstHalf(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            return new long[] {bytes.getLong(), bytes.getLong()};
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
