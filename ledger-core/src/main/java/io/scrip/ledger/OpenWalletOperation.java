package io.scrip.ledger;

import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Opens the one wallet of an owner and records the hash of its first API key. */
final class OpenWalletOperation {
    private static final int OWNER_LENGTH_OFFSET = MessageShape.HEADER_BYTES + OpenWalletDecoder.BLOCK_LENGTH;
    static final int OWNER_OFFSET = OWNER_LENGTH_OFFSET + OpenWalletDecoder.ownerHeaderLength();
    /** The key hash is no part of a command's content: a retry of the same command brings another key. */
    static final int CONTENT_AFTER_KEY = MessageShape.HEADER_BYTES
            + OpenWalletDecoder.keyHashLowEncodingOffset()
            + OpenWalletDecoder.keyHashLowEncodingLength();

    private final LedgerState state;
    private final OpenWalletDecoder command = new OpenWalletDecoder();

    OpenWalletOperation(LedgerState state) {
        this.state = state;
    }

    /** Bytes of the owner's name that a message says it has; 0 when it is too short to say it. */
    static int ownerLength(DirectBuffer buffer, int offset, int length) {
        return length < OWNER_OFFSET
                ? 0
                : buffer.getShort(offset + OWNER_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    Outcome apply(Decision decision) {
        DirectBuffer buffer = decision.command;
        int offset = decision.commandOffset;
        command.wrap(buffer, decision.block(), OpenWalletDecoder.BLOCK_LENGTH, OpenWalletDecoder.SCHEMA_VERSION);
        int ownerBytes = ownerLength(buffer, offset, OWNER_OFFSET);
        int existing = state.wallets.findByOwner(buffer, offset + OWNER_OFFSET, ownerBytes);
        if (existing >= 0) {
            decision.wallet = Wallets.numberOf(existing);
            return decision.refuse(Outcome.OWNER_EXISTS);
        }
        if (command.caller().role() != Role.OPERATOR && command.caller().role() != Role.SYSTEM) {
            return decision.refuse(Outcome.NOT_AUTHORIZED);
        }
        // From here on it must succeed.
        int row = state.wallets.open(
                buffer, offset + OWNER_OFFSET, ownerBytes, command.keyHashHigh(), command.keyHashLow());
        decision.wallet = Wallets.numberOf(row);
        return Outcome.APPLIED;
    }
}
