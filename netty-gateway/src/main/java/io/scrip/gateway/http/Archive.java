package io.scrip.gateway.http;

import io.scrip.gateway.history.Moment;
import org.agrona.DirectBuffer;

/**
 * What was written and can be shown again: past balances, receipts and the events themselves.
 *
 * @param balances of wallets at past moments
 * @param receipts of transfers, and what verifies them
 * @param feeds    of all events
 */
public record Archive(PastBalancesReader balances, Receipts receipts, EventFeeds feeds) {

    /** Reads balances of the past. Returns at once and answers exactly once, on any thread. */
    @FunctionalInterface
    public interface PastBalancesReader {
        /**
         * Renders a wallet's accounts as they stood at a moment that has passed.
         *
         * @param walletReply a WalletReply message with its header; valid during the call only
         */
        void balancesAt(DirectBuffer walletReply, int offset, Moment moment, StoredOutcomes.Answer answer);
    }
}
