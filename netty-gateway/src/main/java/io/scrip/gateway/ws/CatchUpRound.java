package io.scrip.gateway.ws;

import io.scrip.gateway.history.AccountHeads;
import io.scrip.gateway.history.EventReader;
import io.scrip.gateway.history.WalletChains;
import io.scrip.protocol.LegEventDecoder;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.agrona.collections.LongHashSet;

/**
 * Finds every leg of a wallet after one event and up to another, oldest first, in bounded memory however many they are.
 *
 * <p>The chains lead backwards only. So the round first walks them back to its beginning and keeps, for every page of
 * legs, where the page starts; then it takes the pages from the oldest to the newest, walks each again and turns it
 * round.
 *
 * <pre>
 *   walk back   after <── [ page 3 ] <── [ page 2 ] <── [ page 1 ] <── heads      kept: three starts
 *   deliver     after     1 2 3 4 ...    ──►            ──►                       kept: one page of sequences
 * </pre>
 */
final class CatchUpRound {
    static final int PAGE_LEGS = 256;

    private final AccountHeads upTo;
    private final long after;
    private final ArrayDeque<long[]> pageStarts = new ArrayDeque<>();
    private long[] walked;
    private int legsOnPage;
    private boolean isWalked;

    private final long[] sequences = new long[PAGE_LEGS];
    private final boolean[] isLastOfToken = new boolean[PAGE_LEGS];
    private int left;

    /** Legs after {@code after}, which is exclusive, up to the newest that is given of each account. */
    CatchUpRound(AccountHeads upTo, long after) {
        this.upTo = upTo;
        this.walked = upTo.lastEventSequences();
        this.after = after;
    }

    /**
     * Goes on for at most so many legs.
     *
     * @return legs read; 0: nothing is left to prepare, {@link #hasNext()} tells whether anything is left at all
     */
    int prepare(WalletChains chains, int maxLegs) {
        if (!isWalked) {
            return walkBack(chains, maxLegs);
        }
        return left == 0 && !pageStarts.isEmpty() ? turnNextPage(chains) : 0;
    }

    /** Whether the next leg is known; otherwise, when {@link #prepare} has nothing more to do, the round is over. */
    boolean hasNext() {
        return left > 0;
    }

    /** Event sequence of the next leg. */
    long next() {
        return sequences[left - 1];
    }

    /** Whether the next leg changes a balance that no later leg on the same page changes. */
    boolean isNextLastOfToken() {
        return isLastOfToken[left - 1];
    }

    void advance() {
        left--;
    }

    private int walkBack(WalletChains chains, int maxLegs) {
        chains.start(upTo.wallet(), upTo.tokens(), upTo.accounts(), walked);
        int legs = 0;
        while (legs < maxLegs && chains.nextSequence() > after) {
            if (legsOnPage == 0) {
                pageStarts.addLast(chains.positions());
            }
            chains.next((leg, events) -> {});
            legsOnPage = (legsOnPage + 1) % PAGE_LEGS;
            legs++;
        }
        walked = chains.positions();
        isWalked = chains.nextSequence() <= after;
        return Math.max(legs, 1);
    }

    private int turnNextPage(WalletChains chains) {
        Turning page = new Turning();
        chains.start(upTo.wallet(), upTo.tokens(), upTo.accounts(), pageStarts.removeLast());
        Arrays.fill(isLastOfToken, false);
        while (left < PAGE_LEGS && chains.nextSequence() > after) {
            chains.next(page);
        }
        return left;
    }

    private final class Turning implements WalletChains.LegVisitor {
        private final LongHashSet tokensSeen = new LongHashSet();

        @Override
        public void onLeg(LegEventDecoder leg, EventReader events) {
            // Newest first: the first leg of a token's main account that comes by is its last on the page.
            isLastOfToken[left] = touchesMain(leg) && tokensSeen.add(leg.token());
            sequences[left++] = leg.eventSequence();
        }

        private boolean touchesMain(LegEventDecoder leg) {
            return (leg.to() == upTo.wallet() && leg.toAccount() == 0)
                    || (leg.from() == upTo.wallet() && leg.fromAccount() == 0);
        }
    }
}
