package io.scrip.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Collects fields in big-endian order and hashes them. One use each; not thread safe. */
final class Sha256 {
    static final int BYTES = 32;

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    Sha256 u8(int value) {
        digest.update((byte) value);
        return this;
    }

    Sha256 i64(long value) {
        digest.update(number.putLong(0, value).array());
        return this;
    }

    Sha256 bytes(byte[] value) {
        digest.update(value);
        return this;
    }

    /** A text with its length before it, so that two texts in a row cannot be cut elsewhere. */
    Sha256 text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return i64(utf8.length).bytes(utf8);
    }

    byte[] done() {
        return digest.digest();
    }
}
