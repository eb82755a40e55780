package io.scrip.testkit;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the model knows, in maps of values that never change: each write replaces a value and notes how to take that
 * back. The only exception is an account's opening, which a failed chain leaves behind, empty.
 */
final class NaiveBooks {
    /** A token's properties. */
    record Token(int scale, boolean transferable) {}

    /** A wallet's own properties. */
    record Wallet(String owner, long version, boolean frozen, boolean closed) {}

    /** What was given back of a movement, and of its fee. */
    record Reversed(BigInteger amount, BigInteger fee) {}

    static final long PLATFORM = 1;

    final Map<Long, Token> tokens = new LinkedHashMap<>();
    final Map<Long, Wallet> wallets = new HashMap<>();
    final Map<String, Long> owners = new HashMap<>();
    final Map<AccountKey, NaiveAccount> accounts = new LinkedHashMap<>();
    final Map<Integer, FeeSchedule> schedules = new HashMap<>();
    final Map<Id, Reversed> reversed = new HashMap<>();
    final Map<Id, NaiveHold> pending = new LinkedHashMap<>();
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

    NaiveAccount account(AccountKey key) {
        return accounts.getOrDefault(key, NaiveAccount.NEW);
    }

    void open(AccountKey key) {
        accounts.putIfAbsent(key, NaiveAccount.NEW);
    }

    boolean isClosed(AccountKey key) {
        return account(key).closed() || wallets.get(key.wallet()).closed();
    }

    boolean isFrozen(AccountKey key) {
        return account(key).frozen() || wallets.get(key.wallet()).frozen();
    }

    /** Both accounts of a movement must be open and not frozen. */
    void checkStanding(AccountKey from, AccountKey to) {
        Refusal.when(isClosed(from), Outcome.FROM_CLOSED);
        Refusal.when(isClosed(to), Outcome.TO_CLOSED);
        Refusal.when(isFrozen(from), Outcome.FROM_FROZEN);
        Refusal.when(isFrozen(to), Outcome.TO_FROZEN);
    }

    /** A wallet's accounts in the order they were opened. */
    List<AccountKey> accountsOf(long wallet) {
        return accounts.keySet().stream().filter(key -> key.wallet() == wallet).toList();
    }

    Balances balances(AccountKey key) {
        AccountKey vault = new AccountKey(key.wallet(), key.token(), AccountKey.STAKE);
        return account(key)
                .balances(key.code() == AccountKey.MAIN ? account(vault).posted() : BigInteger.ZERO);
    }

    NaiveHold hold(Id id) {
        return pending.containsKey(id) ? pending.get(id) : resolved.get(id);
    }

    void resolve(NaiveHold hold, HoldStatus how, long event) {
        remove(pending, hold.id());
        put(resolved, hold.id(), hold.resolved(how, event));
    }

    /** One leg: {@code posted} and {@code reserved} are what both sides' totals grow by. */
    void leg(Movement movement, LegKind kind, AccountKey from, AccountKey to, BigInteger posted, BigInteger reserved) {
        open(from);
        open(to);
        long event = lastEvent + 1;
        long previousFrom = account(from).lastEvent();
        long previousTo = account(to).lastEvent();
        put(accounts, from, account(from).debited(posted, reserved).touched(event));
        put(accounts, to, account(to).credited(posted, reserved).touched(event));
        BigInteger shown = posted.signum() == 0 ? reserved.abs() : posted;
        boolean first = movement.legIndex == 0;
        write(new Fact(
                event,
                sequence,
                timestampNs,
                movement.id,
                Outcome.APPLIED,
                kind,
                movement.legIndex,
                movement.legCount,
                shown.longValueExact(),
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
                null,
                null,
                0,
                0,
                null,
                null,
                0,
                FeePayer.RECEIVER,
                0,
                Id.NONE,
                answer.wallet(),
                answer.needed(),
                answer.available(),
                answer.limit(),
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
