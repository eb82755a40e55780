package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.Viewer;

/** Signed proofs of what was decided. Every method returns at once. Any thread. */
public interface Receipts {

    /** The raw Ed25519 public key, 32 bytes, under which everything is signed. */
    byte[] publicKey();

    /** Renders the receipt of the outcome that stands at {@code eventSequence}, with what the viewer may see. */
    void receipt(long eventSequence, Viewer viewer, Answer answer);

    /**
     * Renders the signed statements from a number on.
     *
     * @param from  from 1
     * @param limit how many at most
     */
    void statements(long from, int limit, StoredOutcomes.Answer answer);

    /** Receives a receipt: exactly one of the methods is called, once. */
    interface Answer {
        /** Takes the receipt, a JSON document that belongs to the receiver from now on. */
        void onReceipt(ByteBuf json);

        /** Learns that its interval is not signed yet; it will be in a moment. */
        void onUnsigned();

        /** Learns that there is none. */
        void onTrouble(StoredOutcomes.Trouble trouble);
    }
}
