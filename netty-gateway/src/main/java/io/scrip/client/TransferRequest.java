package io.scrip.client;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * A transfer, or a hold when it has a timeout. Immutable; {@link #of} and the {@code with…} methods build one. Amounts
 * are in the token's smallest unit, times in nanoseconds.
 *
 * @param id            the command's own, to be sent again with; a UUIDv7 is protected against replay for ever
 * @param from          wallet number, see {@link WalletNumber}
 * @param to            wallet number
 * @param token         see {@link TokenCode}
 * @param amount        positive
 * @param timeoutNs     0: posted at once; otherwise a hold that expires after so long
 * @param applyBeforeNs since 1970 UTC, from when on it is refused; 0: no deadline
 * @param upTo          as much as is available, at most the amount
 * @param dryRun        decided, but nothing is changed or remembered
 * @param fromAccount   0: the main one
 * @param toAccount     0: the main one
 * @param reference     at most 128 bytes of UTF-8, without control characters
 * @param metadata      empty, or one JSON object in compact form, at most 2,048 bytes
 */
public record TransferRequest(
        UUID id,
        long from,
        long to,
        long token,
        long amount,
        long timeoutNs,
        long applyBeforeNs,
        boolean upTo,
        boolean dryRun,
        int fromAccount,
        int toAccount,
        String reference,
        String metadata) {
    private static final int NO_ACCOUNT = 0xFFFF;
    private static final int MAX_REFERENCE_BYTES = 128;
    private static final int MAX_METADATA_BYTES = 2_048;

    /** Refuses at once what no server takes: in a batch it would hold up the others. */
    public TransferRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(metadata, "metadata");
        if (amount <= 0 || timeoutNs < 0 || applyBeforeNs < 0) {
            throw new IllegalArgumentException("an amount is positive, times are not negative");
        }
        if (fromAccount < 0 || toAccount < 0 || fromAccount >= NO_ACCOUNT || toAccount >= NO_ACCOUNT) {
            throw new IllegalArgumentException("the code of an account is 0 to 65,534");
        }
        if (reference.getBytes(StandardCharsets.UTF_8).length > MAX_REFERENCE_BYTES
                || metadata.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA_BYTES) {
            throw new IllegalArgumentException("a reference has up to 128 bytes, metadata up to 2,048, in UTF-8");
        }
    }

    /** A plain transfer under a fresh id. */
    public static TransferRequest of(long from, long to, long token, long amount) {
        return of(CommandIds.next(), from, to, token, amount);
    }

    /** A plain transfer. */
    public static TransferRequest of(UUID id, long from, long to, long token, long amount) {
        return new TransferRequest(id, from, to, token, amount, 0, 0, false, false, 0, 0, "", "");
    }

    /** The same as a hold. */
    public TransferRequest withTimeout(long ns) {
        return new TransferRequest(
                id,
                from,
                to,
                token,
                amount,
                ns,
                applyBeforeNs,
                upTo,
                dryRun,
                fromAccount,
                toAccount,
                reference,
                metadata);
    }

    /** The same with texts. */
    public TransferRequest withTexts(String newReference, String newMetadata) {
        return new TransferRequest(
                id,
                from,
                to,
                token,
                amount,
                timeoutNs,
                applyBeforeNs,
                upTo,
                dryRun,
                fromAccount,
                toAccount,
                newReference,
                newMetadata);
    }
}
