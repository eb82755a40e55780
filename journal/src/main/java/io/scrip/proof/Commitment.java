package io.scrip.proof;

import java.security.MessageDigest;

/**
 * A salted hash of something a receipt may or may not show. Without the salt the value cannot be guessed from the
 * hash; with it anybody can check that the value is the one that was committed to.
 */
public final class Commitment {
    private Commitment() {}

    /** Of one account's totals after an event. */
    public static byte[] ofBalances(byte[] salt, AccountTotals totals) {
        return new Sha256()
                .bytes(salt)
                .i64(totals.debitsPosted())
                .i64(totals.creditsPosted())
                .i64(totals.debitsPending())
                .i64(totals.creditsPending())
                .i64(totals.floor())
                .i64(totals.ceiling())
                .i64(totals.version())
                .i64(totals.staked())
                .i64(totals.withheld())
                .done();
    }

    /** Of a command's reference and metadata. */
    public static byte[] ofTexts(byte[] salt, String reference, String metadata) {
        return new Sha256().bytes(salt).text(reference).text(metadata).done();
    }

    /** Of the numbers that explain a refusal. */
    public static byte[] ofNumbers(byte[] salt, RefusalNumbers numbers) {
        return new Sha256()
                .bytes(salt)
                .i64(numbers.needed())
                .i64(numbers.available())
                .i64(numbers.limit())
                .done();
    }

    /** Whether two hashes are equal, in a time that does not depend on where they differ. */
    public static boolean isEqual(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }
}
