package io.scrip.ledger;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at the places in memory that deciding a command will need, so that they are near when it is decided: with many
 * accounts and ids most of a transfer's time is waiting for them, one after the other, while looked at together they
 * come together. In steps, for where a row lies has to be looked up itself; and each step goes over all commands in a
 * loop of its own that does nothing else, since a processor waits for no more places at once than it meets in the few
 * hundred instructions that it is ahead. Reads only; what it finds there decides nothing, and the bytes may be anything.
 */
final class Foresight {
    /** More at once would push each other out of the nearest cache. */
    static final int MOST_NOTED = 16;

    private final LedgerState state;
    private final long[] hashes = new long[MOST_NOTED];
    private final int[] walletRows = new int[2 * MOST_NOTED];
    private final int[] accountRows = new int[2 * MOST_NOTED];
    private final int[] tokenRows = new int[MOST_NOTED];
    /** 0 when a command opens no wallet. */
    private final long[] ownerHashes = new long[MOST_NOTED];

    private int noted;
    /** Without it the compiler would leave the looking out; a test looks at it, too. */
    long seen;

    Foresight(LedgerState state) {
        this.state = state;
    }

    /** Notes a command; no more than {@link #MOST_NOTED} before the next {@link #look}. */
    void note(DirectBuffer buffer, int offset, int length) {
        if (length < MessageShape.CALLER_END_OFFSET || noted == MOST_NOTED) {
            return;
        }
        walletRows[2 * noted] = -1;
        walletRows[2 * noted + 1] = -1;
        ownerHashes[noted] = 0;
        int block = offset + MessageShape.HEADER_BYTES;
        int blockLength = length - MessageShape.HEADER_BYTES;
        switch (MessageShape.templateId(buffer, offset)) {
            case TransferDecoder.TEMPLATE_ID -> noteTransfer(buffer, block, blockLength);
            case IssueDecoder.TEMPLATE_ID -> noteIssue(buffer, block, blockLength);
            case OpenWalletDecoder.TEMPLATE_ID -> noteOpenWallet(buffer, offset, length);
            default -> {}
        }
        hashes[noted] = Hashing.mix(
                i64(buffer, offset + MessageShape.ID_HIGH_OFFSET), i64(buffer, offset + MessageShape.ID_LOW_OFFSET));
        noted++;
    }

    private void noteTransfer(DirectBuffer buffer, int block, int blockLength) {
        if (blockLength >= TransferDecoder.BLOCK_LENGTH) {
            walletRows[2 * noted] = rowOf(buffer, block + TransferDecoder.fromEncodingOffset());
            walletRows[2 * noted + 1] = rowOf(buffer, block + TransferDecoder.toEncodingOffset());
            tokenRows[noted] = state.tokens.find(i64(buffer, block + TransferDecoder.tokenEncodingOffset()));
        }
    }

    private void noteIssue(DirectBuffer buffer, int block, int blockLength) {
        if (blockLength >= IssueDecoder.BLOCK_LENGTH) {
            walletRows[2 * noted] = rowOf(buffer, block + IssueDecoder.toEncodingOffset());
            tokenRows[noted] = state.tokens.find(i64(buffer, block + IssueDecoder.tokenEncodingOffset()));
        }
    }

    private void noteOpenWallet(DirectBuffer buffer, int offset, int length) {
        int ownerLength = OpenWalletOperation.ownerLength(buffer, offset, length);
        if (ownerLength > 0 && OpenWalletOperation.OWNER_OFFSET + ownerLength <= length) {
            ownerHashes[noted] = Wallets.ownerHash(buffer, offset + OpenWalletOperation.OWNER_OFFSET, ownerLength);
        }
    }

    /** Looks at the places of all that was noted. */
    void look() {
        if (noted == 0) {
            return;
        }
        long sum = lookForIds() + lookForAccounts();
        for (int i = 0; i < noted; i++) {
            sum += state.ids.lookAtSlot(hashes[i]);
            sum += ownerHashes[i] == 0 ? 0 : state.wallets.lookAtOwner(ownerHashes[i]);
        }
        seen += sum;
        noted = 0;
    }

    private long lookForIds() {
        long sum = 0;
        for (int i = 0; i < noted; i++) {
            sum += state.ids.lookAtTags(hashes[i]);
        }
        return sum;
    }

    private long lookForAccounts() {
        for (int i = 0; i < 2 * noted; i++) {
            int row = walletRows[i];
            accountRows[i] = row < 0 ? Accounts.UNTOUCHED : state.wallets.probableMain(row);
        }
        long sum = 0;
        for (int i = 0; i < 2 * noted; i++) {
            sum += accountRows[i] == Accounts.UNTOUCHED ? lookForFirstMain(i) : state.accounts.lookAt(accountRows[i]);
        }
        return sum;
    }

    /** Without a main account it is about to be looked for, and to be opened. */
    private long lookForFirstMain(int i) {
        int token = tokenRows[i >> 1];
        return walletRows[i] < 0 || token < 0 ? 0 : state.accounts.lookAtMain(walletRows[i], token);
    }

    private int rowOf(DirectBuffer buffer, int at) {
        return state.wallets.rowOf(i64(buffer, at));
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
