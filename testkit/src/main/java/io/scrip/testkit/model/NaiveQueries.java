package io.scrip.testkit.model;

import io.scrip.protocol.HoldStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the ledger is asked, as of the last command. */
final class NaiveQueries {
    private static final int MAX_SUB_ACCOUNTS = 4_096;
    private static final int MAX_LIMITS = 4_096;
    private static final int MAX_LOTS = 1_000;

    private final NaiveBooks books;
    private final NaiveRules rules;
    private final NaiveIds ids;

    NaiveQueries(NaiveBooks books, NaiveRules rules, NaiveIds ids) {
        this.books = books;
        this.rules = rules;
        this.ids = ids;
    }

    WalletView wallet(long number) {
        NaiveBooks.Wallet wallet = books.wallets.get(number);
        List<AccountKey> keys = new ArrayList<>();
        for (long token : books.tokens.keySet()) {
            keys.add(new AccountKey(number, token, AccountKey.MAIN));
        }
        long version = wallet.version();
        List<AccountKey> subAccounts = new ArrayList<>();
        for (AccountKey key : books.accountsOf(number)) {
            version += books.account(key).version();
            if (key.code() != AccountKey.MAIN) {
                subAccounts.add(key);
            }
        }
        Collections.reverse(subAccounts);
        keys.addAll(subAccounts.subList(0, Math.min(MAX_SUB_ACCOUNTS, subAccounts.size())));
        List<WalletView.Account> accounts = new ArrayList<>();
        for (AccountKey key : keys) {
            accounts.add(new WalletView.Account(
                    key.token(),
                    key.code(),
                    books.tokens.get(key.token()).scale(),
                    books.balances(key),
                    books.account(key).lastEvent(),
                    books.account(key).frozen(),
                    books.account(key).closed()));
        }
        return new WalletView(
                number,
                wallet.frozen(),
                wallet.closed(),
                version,
                books.sequence,
                books.timestampNs,
                books.lastEvent,
                accounts,
                wallet.owner());
    }

    TrialBalanceView trialBalance() {
        Map<Long, BigInteger> debits = new LinkedHashMap<>();
        Map<Long, BigInteger> credits = new LinkedHashMap<>();
        Map<Long, Long> counts = new LinkedHashMap<>();
        books.accounts.forEach((key, account) -> {
            debits.merge(key.token(), account.debitsPosted(), BigInteger::add);
            credits.merge(key.token(), account.creditsPosted(), BigInteger::add);
            counts.merge(key.token(), 1L, Long::sum);
        });
        List<TrialBalanceView.Token> tokens = new ArrayList<>();
        books.tokens.forEach((code, token) -> tokens.add(new TrialBalanceView.Token(
                code, token.scale(), token.transferable(), counts.get(code), debits.get(code), credits.get(code))));
        return new TrialBalanceView(books.sequence, books.timestampNs, tokens);
    }

    SettingsView settings() {
        List<SettingsView.Token> tokens = new ArrayList<>();
        books.tokens.forEach(
                (code, token) -> tokens.add(new SettingsView.Token(code, token.scale(), token.transferable())));
        List<SettingsView.Fee> fees = new ArrayList<>();
        new TreeMap<>(books.schedules)
                .forEach((kind, fee) -> fees.add(new SettingsView.Fee(
                        kind,
                        fee.payer(),
                        fee.basisPoints(),
                        Numbers.shown(fee.minimum()),
                        Numbers.shown(fee.maximum()),
                        fee.revenueWallet())));
        return new SettingsView(books.sequence, books.timestampNs, tokens, fees);
    }

    OutcomeView outcome(Id id) {
        NaiveIds.Known known = ids.find(id);
        NaiveHold hold = books.hold(id);
        boolean pending = hold != null && hold.status() == HoldStatus.PENDING;
        NaiveBooks.Reversed reversed = books.reversed.get(id);
        return new OutcomeView(
                id,
                known != null ? known.eventSequence() : pending ? hold.createdEvent() : 0,
                hold == null ? HoldStatus.NONE : hold.status(),
                hold == null ? 0 : hold.left().longValueExact(),
                hold == null ? 0 : hold.expiresNs(),
                reversed == null ? 0 : reversed.amount().longValueExact());
    }

    LotsView lots(AccountKey key) {
        NaiveAccount account = books.account(key);
        List<Piece> lots = new ArrayList<>();
        for (List<NaiveLot> part :
                List.of(account.purse().good(), account.purse().notYet())) {
            for (NaiveLot lot : part) {
                if (lots.size() < MAX_LOTS) {
                    lots.add(new Piece(lot.amount().longValueExact(), lot.terms()));
                }
            }
        }
        return new LotsView(
                key,
                books.tokens.get(key.token()).scale(),
                books.sequence,
                books.timestampNs,
                Numbers.shown(account.posted()),
                Numbers.shown(account.purse().total()),
                lots);
    }

    ControlsView controls(long wallet) {
        long now = books.timestampNs;
        List<ControlsView.Budget> budgets = new ArrayList<>();
        rules.budgets
                .getOrDefault(wallet, new LinkedHashMap<>())
                .forEach((key, budget) -> budgets.add(new ControlsView.Budget(
                        key.token(),
                        key.below(),
                        Numbers.shown(budget.perCall),
                        Numbers.shown(budget.perDay),
                        Numbers.shown(budget.perMonth),
                        Numbers.shown(budget.spentToday(now)),
                        Numbers.shown(budget.spentThisMonth(now)),
                        books.tokens.get(key.token()).scale())));
        Collections.reverse(budgets);
        List<ControlsView.Limit> limits = new ArrayList<>();
        List<AccountKey> accounts = new ArrayList<>(books.accountsOf(wallet));
        Collections.reverse(accounts);
        for (AccountKey key : accounts) {
            for (NaiveLimit limit :
                    rules.limits.getOrDefault(key, new TreeMap<>()).values()) {
                limits.add(new ControlsView.Limit(
                        key.token(),
                        key.code(),
                        limit.window,
                        limit.maxCount,
                        limit.maxSum,
                        Numbers.shown(limit.count(now)),
                        Numbers.shown(limit.sum(now)),
                        books.tokens.get(key.token()).scale()));
            }
        }
        List<Long> counterparties = new ArrayList<>(rules.allowed.getOrDefault(wallet, new LinkedHashSet<>()));
        Collections.reverse(counterparties);
        return new ControlsView(
                wallet,
                books.sequence,
                books.timestampNs,
                rules.parents.getOrDefault(wallet, 0L),
                rules.below(wallet),
                rules.killed.contains(wallet),
                rules.killedBy(wallet),
                budgets,
                limits.subList(0, Math.min(MAX_LIMITS, limits.size())),
                counterparties);
    }
}
