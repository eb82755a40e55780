package io.scrip.gateway.ws;

import io.scrip.gateway.history.AccountHeads;
import java.util.Arrays;

/** What a client is behind with: the newest leg of each account, from which the others are found by walking back. */
final class Lag {
    private long[] tokens = new long[2];
    private int[] accounts = new int[2];
    private long[] heads = new long[2];
    private int count;

    /** {@code null} between two rounds. */
    CatchUpRound round;

    /** Roughly what has piled up since the client was found stuck. */
    long bytesBehind;

    void note(long token, int account, long eventSequence) {
        for (int i = 0; i < count; i++) {
            if (tokens[i] == token && accounts[i] == account) {
                heads[i] = Math.max(heads[i], eventSequence);
                return;
            }
        }
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, count * 2);
            accounts = Arrays.copyOf(accounts, count * 2);
            heads = Arrays.copyOf(heads, count * 2);
        }
        tokens[count] = token;
        accounts[count] = account;
        heads[count++] = eventSequence;
    }

    boolean isBeyond(long delivered) {
        for (int i = 0; i < count; i++) {
            if (heads[i] > delivered) {
                return true;
            }
        }
        return false;
    }

    /** Starts a round from what has been noted so far; what is noted later belongs to the next one. */
    CatchUpRound begin(long wallet, long delivered) {
        AccountHeads upTo = new AccountHeads(
                wallet, Arrays.copyOf(tokens, count), Arrays.copyOf(accounts, count), Arrays.copyOf(heads, count));
        round = new CatchUpRound(upTo, delivered);
        return round;
    }
}
