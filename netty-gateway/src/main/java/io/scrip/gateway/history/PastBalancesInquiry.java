package io.scrip.gateway.history;

import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * Finds the last leg of each of a wallet's accounts at or before a moment, without an index.
 *
 * <pre>
 *   events   1 ................ P | P+1 ........................ last
 *                               │    ──► scan: the first later leg of the account names the one before it
 *                               │                    ◄── ◄── ◄── walk: from the newest leg back
 *                               └ the ledger's last event by then, by binary search: sequences and times only grow
 * </pre>
 *
 * <p>Scan and walk take turns, and whichever arrives first has the answer. The walk is short for an account with few
 * legs since then, the scan for one with many: they lie close together. So the cost is about twice the smaller of both,
 * and a turn of a reader thread ends after {@link #TURN_RECORDS} whatever the history looks like.
 *
 * <p>An account whose last leg by then has been pruned held what it holds now, or what the first later leg found.
 */
public final class PastBalancesInquiry implements Inquiry<PastBalances> {
    /** Records that the walk reads in a turn, and the scan again. */
    static final int TURN_RECORDS = 2_048;

    private static final int STAKE_ACCOUNT = 2;
    private static final long OPEN = -1;

    private final AccountHeads heads;
    private final PresentBalances present;
    private final Moment moment;
    private final long lastEvent;
    private final EventReader events = new EventReader();
    private final CommonFields common = new CommonFields();
    private final EventLog.EventHandler onCommon = common::read;
    private final EventLog.EventHandler onWalked = this::onWalked;
    private final EventLog.EventHandler onScanned = this::onScanned;

    /** The next leg of each account on the way back. */
    private final long[] positions;
    /** The account's last leg by the moment; 0: it had none; {@link #OPEN}: not known yet. */
    private final long[] found;
    /** The account's first leg after the moment; 0: it has none. */
    private final long[] later;

    private int open;
    private long lastIncluded = OPEN;
    private long nextScanned;
    private int walked;

    /**
     * Prepares the question.
     *
     * @param present of the same reply as the heads
     */
    public PastBalancesInquiry(AccountHeads heads, PresentBalances present, Moment moment) {
        this.heads = heads;
        this.present = present;
        this.lastEvent = present.eventSequence();
        this.moment = moment;
        this.positions = heads.lastEventSequences().clone();
        this.found = new long[positions.length];
        this.later = new long[positions.length];
        Arrays.fill(found, OPEN);
        this.open = positions.length;
    }

    @Override
    public PastBalances advance(EventLog.Reader reader) {
        if (lastIncluded == OPEN) {
            lastIncluded = lastIncluded(reader);
            nextScanned = lastIncluded + 1;
            for (int i = 0; i < positions.length; i++) {
                settleIfThere(i);
            }
        }
        if (open > 0) {
            walkBack(reader);
        }
        if (open > 0) {
            long end = Math.min(lastEvent, nextScanned + TURN_RECORDS - 1);
            reader.readRange(nextScanned, end, onScanned);
            nextScanned = end + 1;
        }
        return open == 0 ? collect(reader) : null;
    }

    /** The greatest event sequence whose command had been applied by the moment. */
    private long lastIncluded(EventLog.Reader reader) {
        if (moment.includes(present.sequence(), present.timestampNs())) {
            return lastEvent;
        }
        long low = 0;
        long high = lastEvent;
        PrunedHistory pruned = null;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            try {
                require(reader.read(middle, onCommon), middle);
            } catch (PrunedHistory gone) {
                // What is kept tells whether the moment lies behind it.
                pruned = gone;
                low = gone.firstEventSequence() - 1;
                continue;
            }
            if (moment.includes(common.sequence, common.timestampNs)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (pruned != null && low < pruned.firstEventSequence()) {
            throw pruned;
        }
        return low;
    }

    private void walkBack(EventLog.Reader reader) {
        for (int read = 0; read < TURN_RECORDS && open > 0; read++) {
            walked = nextToWalk();
            require(reader.read(positions[walked], onWalked), positions[walked]);
            settleIfThere(walked);
        }
    }

    /** The account whose next leg is the newest, so that all come near the moment together. */
    private int nextToWalk() {
        int next = -1;
        for (int i = 0; i < positions.length; i++) {
            if (found[i] == OPEN && (next < 0 || positions[i] > positions[next])) {
                next = i;
            }
        }
        return next;
    }

    private void onWalked(long eventSequence, DirectBuffer event, int offset, int length) {
        positions[walked] = WalletChains.previousOf(
                events.asLeg(event, offset),
                eventSequence,
                heads.wallet(),
                heads.tokens()[walked],
                heads.accounts()[walked]);
        later[walked] = eventSequence;
    }

    private void onScanned(long eventSequence, DirectBuffer event, int offset, int length) {
        LegEventDecoder scanned = events.asLeg(event, offset);
        if (scanned == null) {
            return;
        }
        if (scanned.from() == heads.wallet()) {
            settle(scanned, scanned.fromAccount(), scanned.previousFromEvent());
        }
        if (scanned.to() == heads.wallet()) {
            settle(scanned, scanned.toAccount(), scanned.previousToEvent());
        }
    }

    private void settle(LegEventDecoder scanned, int code, long previous) {
        int account = heads.indexOf(scanned.token(), code);
        if (account >= 0 && found[account] == OPEN) {
            later[account] = scanned.eventSequence();
            settle(account, previous);
        }
    }

    private void settleIfThere(int account) {
        if (positions[account] <= lastIncluded) {
            settle(account, positions[account]);
        }
    }

    private void settle(int account, long position) {
        if (found[account] == OPEN) {
            found[account] = position;
            open--;
        }
    }

    private PastBalances collect(EventLog.Reader reader) {
        List<PastBalances.Account> accounts = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            if (found[i] != 0) {
                accounts.add(account(reader, i));
            }
        }
        return new PastBalances(heads.wallet(), moment, lastIncluded, accounts);
    }

    private PastBalances.Account account(EventLog.Reader reader, int index) {
        BalanceNumbers balances = balances(reader, index);
        long token = heads.tokens()[index];
        int code = heads.accounts()[index];
        int vault = code == 0 ? heads.indexOf(token, STAKE_ACCOUNT) : -1;
        long staked = 0;
        if (vault >= 0 && found[vault] != 0) {
            // The vault may have moved since the main account's last leg, so it is asked itself.
            BalanceNumbers inVault = balances(reader, vault);
            staked = inVault.creditsPosted() - inVault.debitsPosted();
        }
        return new PastBalances.Account(token, present.scales().get(index), code, balances.withStaked(staked));
    }

    private BalanceNumbers balances(EventLog.Reader reader, int index) {
        try {
            return read(reader, found[index], index, leg -> afterLeg(leg, index));
        } catch (PrunedHistory gone) {
            if (later[index] == 0) {
                return present.balances().get(index);
            }
            BalanceNumbers before = read(
                    reader, later[index], index, leg -> BeforeLeg.of(leg, heads.wallet(), heads.accounts()[index]));
            if (before == null) {
                throw gone;
            }
            return before;
        }
    }

    private BalanceNumbers afterLeg(LegEventDecoder leg, int index) {
        boolean isTo = leg.to() == heads.wallet() && leg.toAccount() == heads.accounts()[index];
        return BalanceNumbers.of(isTo ? leg.toBalances() : leg.fromBalances());
    }

    private BalanceNumbers read(
            EventLog.Reader reader, long position, int index, Function<LegEventDecoder, BalanceNumbers> meaning) {
        BalanceNumbers[] read = new BalanceNumbers[1];
        require(
                reader.read(position, (eventSequence, event, offset, length) -> {
                    LegEventDecoder leg = events.asLeg(event, offset);
                    WalletChains.previousOf(
                            leg, eventSequence, heads.wallet(), heads.tokens()[index], heads.accounts()[index]);
                    read[0] = meaning.apply(leg);
                }),
                position);
        return read[0];
    }

    private static void require(boolean isThere, long eventSequence) {
        if (!isThere) {
            throw new WalletChains.ForeignRecord("event " + eventSequence + " does not exist");
        }
    }

    /** The fields that stand in the same places of every event. */
    private static final class CommonFields {
        private static final int SEQUENCE =
                MessageHeaderDecoder.ENCODED_LENGTH + LegEventDecoder.sequenceEncodingOffset();
        private static final int TIMESTAMP =
                MessageHeaderDecoder.ENCODED_LENGTH + LegEventDecoder.timestampEncodingOffset();

        private long sequence;
        private long timestampNs;

        void read(long eventSequence, DirectBuffer event, int offset, int length) {
            sequence = event.getLong(offset + SEQUENCE, LegEventDecoder.BYTE_ORDER);
            timestampNs = event.getLong(offset + TIMESTAMP, LegEventDecoder.BYTE_ORDER);
        }
    }
}
