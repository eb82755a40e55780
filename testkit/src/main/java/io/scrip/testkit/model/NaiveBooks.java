package io.scrip.testkit.model;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What the model knows, in maps of values that never change: each write replaces a value and notes how to take that
 * back.
 */
final class NaiveBooks {
    /** A token's properties. */
    record Token(int scale, boolean transferable) {}

    /** A wallet's own properties; the owner's bytes as Latin letters, whatever they mean. */
    record Wallet(String owner, long version, boolean frozen, boolean closed) {
        Wallet touched() {
            return new Wallet(owner, version + 1, frozen, closed);
        }
    }

    /** What was given back of a movement, and of its fee. */
    record Reversed(BigInteger amount, BigInteger fee) {}

    static final long PLATFORM = 1;
    private static final int MAX_OWN_ACCOUNTS = 1_024;

    final Map<Long, Token> tokens = new LinkedHashMap<>();
    final Map<Long, Wallet> wallets = new HashMap<>();
    final Map<String, Long> owners = new HashMap<>();
    final Map<AccountKey, NaiveAccount> accounts = new HashMap<>();
    /** Each wallet's accounts in the order they were opened. */
    final Map<Long, List<AccountKey>> opened = new HashMap<>();

    final Map<Integer, FeeSchedule> schedules = new HashMap<>();
    final Map<Id, Reversed> reversed = new HashMap<>();
    final Map<Id, NaiveHold> pending = new HashMap<>();
    /** The pending holds, those that expire first at the beginning. */
    final NavigableSet<NaiveHold> byExpiry =
            new TreeSet<>(Comparator.comparingLong(NaiveHold::expiresNs).thenComparingLong(NaiveHold::createdEvent));

    /** In the order in which they were resolved. */
    final Map<Id, NaiveHold> resolved = new LinkedHashMap<>();
    /** What the current command has written so far. */
    final List<Fact> facts = new ArrayList<>();

    long lastEvent;
    long sequence;
    long timestampNs;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    NaiveBooks() {
        wallets.put(PLATFORM, new Wallet("platform:scrip", 1, false, false));
        owners.put("platform:scrip", PLATFORM);
    }

    void beginCommand(long newSequence, long newTimestampNs) {
        sequence = newSequence;
        timestampNs = newTimestampNs;
        facts.clear();
        undo.clear();
    }

    int mark() {
        return undo.size();
    }

    void rollback(int mark) {
        while (undo.size() > mark) {
            undo.pop().run();
        }
    }

    void onRollback(Runnable step) {
        undo.push(step);
    }

    <K, V> void put(Map<K, V> map, K key, V value) {
        V old = map.put(key, value);
        onRollback(old == null ? () -> map.remove(key) : () -> map.put(key, old));
    }

    <K, V> void remove(Map<K, V> map, K key) {
        V old = map.remove(key);
        onRollback(() -> map.put(key, old));
    }

    <E> void add(NavigableSet<E> set, E element) {
        set.add(element);
        onRollback(() -> set.remove(element));
    }

    <E> void remove(NavigableSet<E> set, E element) {
        set.remove(element);
        onRollback(() -> set.add(element));
    }

    NaiveAccount account(AccountKey key) {
        return accounts.getOrDefault(key, NaiveAccount.NEW);
    }

    /** A wallet has at most so many accounts with codes of its owner's choice; one more cannot be opened. */
    void checkRoom(AccountKey key) {
        if (key.isOwn() && !accounts.containsKey(key)) {
            long own =
                    accountsOf(key.wallet()).stream().filter(AccountKey::isOwn).count();
            Refusal.when(own >= MAX_OWN_ACCOUNTS, Outcome.TOO_MANY_ACCOUNTS, 1, 0, MAX_OWN_ACCOUNTS);
        }
    }

    void open(AccountKey key) {
        if (!accounts.containsKey(key)) {
            open(key, NaiveAccount.NEW);
        }
    }

    void open(AccountKey key, NaiveAccount account) {
        put(accounts, key, account);
        List<AccountKey> more = new ArrayList<>(accountsOf(key.wallet()));
        more.add(key);
        put(opened, key.wallet(), more);
    }

    boolean isClosed(AccountKey key) {
        return account(key).closed() || wallets.get(key.wallet()).closed();
    }

    boolean isFrozen(AccountKey key) {
        return account(key).frozen() || wallets.get(key.wallet()).frozen();
    }

    /** All accounts of a movement must be open and not frozen; {@code revenue} is null without a fee schedule. */
    void checkStanding(AccountKey from, AccountKey to, AccountKey revenue) {
        Refusal.when(isClosed(from), Outcome.FROM_CLOSED);
        Refusal.when(isClosed(to) || (revenue != null && isClosed(revenue)), Outcome.TO_CLOSED);
        Refusal.when(isFrozen(from), Outcome.FROM_FROZEN);
        Refusal.when(isFrozen(to) || (revenue != null && isFrozen(revenue)), Outcome.TO_FROZEN);
    }

    /** A wallet's accounts in the order they were opened. */
    List<AccountKey> accountsOf(long wallet) {
        return opened.getOrDefault(wallet, List.of());
    }

    Balances balances(AccountKey key) {
        if (key.code() != AccountKey.MAIN) {
            return account(key).balances(BigInteger.ZERO);
        }
        AccountKey vault = new AccountKey(key.wallet(), key.token(), AccountKey.STAKE);
        return account(key).balances(account(vault).posted());
    }

    NaiveHold hold(Id id) {
        NaiveHold hold = pending.get(id);
        return hold == null ? resolved.get(id) : hold;
    }

    void place(NaiveHold hold) {
        put(pending, hold.id(), hold);
        add(byExpiry, hold);
    }

    void change(NaiveHold before, NaiveHold after) {
        remove(byExpiry, before);
        place(after);
    }

    void resolve(NaiveHold hold, HoldStatus how, long event) {
        remove(byExpiry, hold);
        remove(pending, hold.id());
        put(resolved, hold.id(), hold.resolved(how, event));
    }

    /** One leg: {@code posted} and {@code reserved} are what both sides' totals grow by. */
    void leg(
            Movement movement,
            LegKind kind,
            AccountKey from,
            AccountKey to,
            BigInteger posted,
            BigInteger reserved,
            List<Piece> lots) {
        open(from);
        open(to);
        long event = lastEvent + 1;
        long previousFrom = account(from).lastEvent();
        long previousTo = account(to).lastEvent();
        put(accounts, from, account(from).debited(posted, reserved).touched(event));
        put(accounts, to, account(to).credited(posted, reserved).touched(event));
        BigInteger shown = posted.signum() == 0 ? reserved.abs() : posted;
        writeLeg(movement, kind, from, to, shown, previousFrom, previousTo, lots);
    }

    /** The record of a leg whose accounts were written already. */
    void writeLeg(
            Movement movement,
            LegKind kind,
            AccountKey from,
            AccountKey to,
            BigInteger amount,
            long previousFrom,
            long previousTo,
            List<Piece> lots) {
        boolean first = movement.legIndex == 0;
        boolean plain = true;
        for (Piece piece : lots) {
            plain &= piece.terms().isPlain();
        }
        write(new Fact(
                lastEvent + 1,
                sequence,
                timestampNs,
                movement.id,
                Outcome.APPLIED,
                kind,
                movement.legIndex,
                movement.legCount,
                tokens.get(from.token()).scale(),
                amount.longValueExact(),
                from,
                to,
                previousFrom,
                previousTo,
                balances(from),
                balances(to),
                first ? movement.fee.longValueExact() : 0,
                movement.feePayer,
                movement.expiresNs,
                movement.holdId,
                0,
                0,
                0,
                0,
                SpendingWindow.NONE,
                0,
                plain ? List.of() : lots,
                first ? movement.commandBytes : 0));
        movement.legIndex++;
    }

    /** The one record of a decision that moved nothing. */
    void decided(Id id, Answer answer, int commandBytes) {
        write(new Fact(
                lastEvent + 1,
                sequence,
                timestampNs,
                id,
                answer.outcome(),
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                0,
                0,
                null,
                null,
                0,
                FeePayer.RECEIVER,
                answer.expiresNs(),
                Id.NONE,
                answer.wallet(),
                answer.needed(),
                answer.available(),
                answer.limit(),
                answer.window(),
                answer.token(),
                List.of(),
                commandBytes));
    }

    private void write(Fact fact) {
        facts.add(fact);
        lastEvent++;
        onRollback(() -> {
            facts.remove(facts.size() - 1);
            lastEvent--;
        });
    }

    /** Whether everything that was debited was credited, posted and pending, in every token. */
    boolean isZeroSum() {
        Map<Long, BigInteger> sums = new HashMap<>();
        for (Map.Entry<AccountKey, NaiveAccount> entry : accounts.entrySet()) {
            NaiveAccount account = entry.getValue();
            sums.merge(entry.getKey().token(), account.posted(), BigInteger::add);
            BigInteger net = account.creditsPending().subtract(account.debitsPending());
            sums.merge(~entry.getKey().token(), net, BigInteger::add);
        }
        return sums.values().stream().allMatch(sum -> sum.signum() == 0);
    }
}
