package io.scrip.proof;

/**
 * What a commitment was made to, and the salt that opens it.
 *
 * @param value {@link AccountTotals}, {@link Texts} or {@link RefusalNumbers}
 */
@SuppressWarnings("ArrayRecordComponent") // Carried and hashed, never compared as a record.
public record Opening<T>(T value, byte[] salt) {

    /** A command's reference and metadata, empty where it has none. */
    public record Texts(String reference, String metadata) {}
}
