package io.scrip.testkit.workload;

import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Role;
import io.scrip.protocol.StatusChange;
import io.scrip.testkit.model.AccountKey;
import io.scrip.testkit.model.Balances;
import io.scrip.testkit.model.HoldView;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.model.Terms;
import io.scrip.testkit.workload.Messages.Authority;
import io.scrip.testkit.workload.Messages.Original;
import io.scrip.testkit.workload.Messages.Wish;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Commands of each kind, made of random ingredients. A caller that is given is used; else one is chosen that may. */
final class Requests {
    private static final StatusChange[] CHANGES = {StatusChange.FREEZE, StatusChange.UNFREEZE, StatusChange.CLOSE};
    private static final int KEPT_HOLDS = 32;
    private static final int TRIES = 6;
    private static final long HOARDER = 2;

    private final Chance chance;
    private final Profile profile;
    private final NaiveLedger model;
    private final Messages messages;
    private final Ingredients ingredients;
    private final RuleRequests rules;
    private final List<Id> holds = new ArrayList<>();
    private final List<AccountKey> frozen = new ArrayList<>();
    private int owners;

    Requests(
            Chance chance,
            Profile profile,
            NaiveLedger model,
            Messages messages,
            Ingredients ingredients,
            RuleRequests rules) {
        this.chance = chance;
        this.profile = profile;
        this.model = model;
        this.messages = messages;
        this.ingredients = ingredients;
        this.rules = rules;
        holds.add(new Id(77, 77));
    }

    /** Tokens, wallets and some money for each. */
    void open(List<DirectBuffer> commands) {
        long number = 1L << 40;
        for (int i = 0; i < profile.tokens(); i++) {
            int scale = (int) chance.pick(0, 2, 6, 18);
            long token = Messages.token(Ingredients.CODES[i]);
            Id id = new Id(1, ++number);
            commands.add(messages.registerToken(id, Authority.OPERATOR, token, scale, i == 0 || chance.below(5) > 0));
        }
        for (int i = 0; i < profile.wallets(); i++) {
            commands.add(messages.openWallet(new Id(1, ++number), Authority.OPERATOR, "agent:w" + i, chance.next()));
        }
        for (int token = 0; token < profile.tokens(); token++) {
            for (long wallet = 2; wallet < 2 + Math.min(profile.wallets(), 40); wallet++) {
                long amount = chance.pick(1, 100, 10_000, 10_000_000, 10_000_000, Long.MAX_VALUE / 64);
                long code = Messages.token(Ingredients.CODES[token]);
                commands.add(messages.issue(
                        new Id(1, ++number), Authority.OPERATOR, wallet, code, amount, Ingredients.NO_TERMS));
            }
        }
    }

    DirectBuffer transfer(Id id, Authority given, boolean dryRun) {
        return transfer(id, given, dryRun, dryRun && chance.oneIn(3) ? ingredients.timeoutNs() : 0);
    }

    DirectBuffer hold(Id id, Authority given) {
        if (chance.oneIn(10)) {
            placed(id);
        }
        return transfer(id, given, false, ingredients.timeoutNs());
    }

    /** Remembers a hold, so that somebody will want something of it. */
    void placed(Id hold) {
        if (holds.size() < KEPT_HOLDS) {
            holds.add(hold);
        } else {
            holds.set(chance.below(KEPT_HOLDS), hold);
        }
    }

    private DirectBuffer transfer(Id id, Authority given, boolean dryRun, long timeoutNs) {
        Wish wish = wish(given);
        Authority caller = given == null ? ingredients.caller(wish.from().wallet()) : given;
        return messages.transfer(
                id,
                caller,
                wish,
                ingredients.kind(),
                timeoutNs,
                ingredients.applyBefore(),
                dryRun,
                chance.oneIn(8),
                ingredients.conditions(wish.from(), wish.to(), wish.amount()));
    }

    private Wish wish(Authority given) {
        AccountKey from = ingredients.account(ingredients.token());
        if (given != null && given.role() == Role.WALLET && chance.below(10) > 0) {
            from = new AccountKey(given.wallet(), from.token(), from.code());
        }
        AccountKey to = ingredients.account(from.token());
        if (chance.oneIn(8)) {
            to = new AccountKey(from.wallet(), from.token(), to.code());
        }
        if (to.equals(from) && chance.below(12) > 0) {
            to = new AccountKey(from.wallet() == 2 ? 3 : 2, from.token(), AccountKey.MAIN);
        }
        boolean capped = profile.stress() == Profile.Stress.RULES && chance.oneIn(6);
        long amount = capped ? rules.left(from.wallet()) + chance.between(-1, 1) : ingredients.amountFrom(from);
        return new Wish(from, to, amount);
    }

    DirectBuffer multiTransfer(Id id, Authority given) {
        List<Wish> wishes = new ArrayList<>();
        int legs = (int) chance.pick(1, 2, 2, 3, 16);
        Wish first = wish(given);
        Authority caller = given == null ? ingredients.caller(first.from().wallet()) : given;
        wishes.add(first);
        while (wishes.size() < legs) {
            wishes.add(wish(caller));
        }
        return messages.multiTransfer(id, caller, ingredients.applyBefore(), wishes);
    }

    /** Post, void or extend, of a pending hold or of one that was sent lately, or never. */
    DirectBuffer ofHold(Id id, Authority given) {
        Id hold = given == null ? chance.pick(holds) : holdOf(given.wallet());
        HoldView first = model.firstHold();
        if (given == null && first != null && chance.oneIn(3)) {
            hold = first.id();
        }
        HoldView known = model.hold(hold);
        Authority caller = given;
        if (caller == null) {
            long party = known == null ? ingredients.wallet() : (chance.coin() ? known.from() : known.to()).wallet();
            caller = ingredients.caller(party);
        }
        long left = known == null ? 100 : known.left();
        return switch (chance.below(8)) {
            case 0, 1 -> messages.voidHold(id, caller, hold);
            case 2, 3 -> messages.extendHold(id, caller, hold, ingredients.timeoutNs());
            default -> messages.postHold(id, caller, hold, ingredients.amountNear(left), chance.oneIn(3));
        };
    }

    /** A hold that is the wallet's to do something with, if a few tries find one. */
    private Id holdOf(long wallet) {
        for (int i = 0; i < TRIES; i++) {
            HoldView hold = model.hold(chance.pick(holds));
            if (hold != null && (hold.from().wallet() == wallet || hold.to().wallet() == wallet)) {
                return hold.id();
            }
        }
        return chance.pick(holds);
    }

    DirectBuffer batch() {
        HoldView first = model.firstHold();
        long wallet = first == null || chance.coin()
                ? ingredients.wallet()
                : (chance.coin() ? first.from() : first.to()).wallet();
        Authority caller = ingredients.caller(wallet);
        int count = (int) chance.pick(1, 2, 3, 5, 8, 40);
        List<DirectBuffer> items = new ArrayList<>();
        boolean[] linked = new boolean[count];
        int chains = (int) chance.pick(1, 2, 2, 1_000);
        Id repeated = ingredients.id();
        for (int i = 0; i < count; i++) {
            Id id = chance.oneIn(15) ? repeated : ingredients.id();
            items.add(
                    switch (chance.below(10)) {
                        case 0 -> multiTransfer(id, caller);
                        case 1, 2 -> hold(id, caller);
                        case 3, 4 -> ofHold(id, caller);
                        default -> transfer(id, caller, false);
                    });
            linked[i] = chance.below(chains) > 0 && (i < count - 1 || chance.oneIn(10));
        }
        if (count > 1 && chance.oneIn(8)) {
            items.set(count - 1, items.get(0));
        }
        return messages.batch(caller, items, linked);
    }

    DirectBuffer issue(Id id) {
        long amount = chance.pick(0, -1, 1, 1_000, 1_000, 1_000_000, Long.MAX_VALUE, Long.MAX_VALUE / 32);
        return messages.issue(
                id, ingredients.operator(), ingredients.wallet(), ingredients.token(), amount, Ingredients.NO_TERMS);
    }

    /** Value with terms; to a hoarder in lots that are all different. */
    DirectBuffer grant(Id id) {
        long token = ingredients.token();
        if (profile.hoards() && chance.below(4) > 0) {
            int priority = (int) chance.pick(0, 128, 255);
            Terms terms = new Terms(LotCategory.PAID, priority, 0, Terms.NEVER, 0);
            return messages.issue(id, Authority.OPERATOR, HOARDER, Messages.token(Ingredients.CODES[0]), 1, terms);
        }
        long amount = chance.pick(1, 1, 2, 10, 1_000, 1_000, chance.oneIn(20) ? Long.MAX_VALUE / 32 : 5);
        Terms terms = ingredients.terms();
        return messages.issue(id, ingredients.operator(), ingredients.wallet(), token, amount, terms);
    }

    DirectBuffer reverse(Id id, Original original) {
        Original claimed = original;
        if (chance.oneIn(15)) {
            claimed = new Original(
                    original.id(),
                    original.from(),
                    original.to(),
                    original.amount(),
                    chance.pick(original.amount() + 1, -1),
                    original.payer(),
                    original.revenueWallet(),
                    original.lots(),
                    original.feeLots());
        }
        Authority caller = chance.coin()
                ? ingredients.operator()
                : ingredients.caller(original.to().wallet());
        return messages.reverse(id, caller, claimed, ingredients.amountNear(original.amount()));
    }

    /** What is frozen is mostly thawed again: a ledger in which everything stands still finds nothing. */
    DirectBuffer changeStatus(Id id) {
        if (!frozen.isEmpty() && chance.below(3) > 0) {
            AccountKey thawed = frozen.remove(chance.below(frozen.size()));
            return messages.changeStatus(id, Authority.OPERATOR, thawed, StatusChange.UNFREEZE);
        }
        AccountKey account = ingredients.account(chance.oneIn(3) ? 0 : ingredients.token());
        StatusChange change = CHANGES[chance.oneIn(4) ? 2 : chance.below(2)];
        if (change == StatusChange.FREEZE) {
            frozen.add(account);
        }
        return messages.changeStatus(id, ingredients.operator(), account, change);
    }

    DirectBuffer setBounds(Id id) {
        AccountKey account = ingredients.account(ingredients.token());
        Balances now = model.balances(account);
        long posted = now.creditsPosted() - now.debitsPosted();
        long available = model.available(account);
        long floor = chance.pick(
                0, 0, 0, Long.MIN_VALUE, -Long.MAX_VALUE, -1_000, posted, posted + 1, available, Long.MAX_VALUE);
        long ceiling = chance.pick(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, posted, posted + 1_000, posted - 1, 0, 10_000_000);
        return messages.setBounds(id, ingredients.operator(), account, floor, ceiling);
    }

    DirectBuffer setFee(Id id) {
        int basisPoints = (int) chance.pick(0, 1, 50, 500, 3_333, 10_000, 10_001, -1);
        long minimum = chance.pick(0, 0, 0, 1, 10, -1, Long.MAX_VALUE);
        long maximum = chance.pick(Long.MAX_VALUE, Long.MAX_VALUE, 100, 0, 10);
        long revenue = chance.coin() ? Ingredients.PLATFORM : ingredients.wallet();
        return messages.setFee(
                id,
                ingredients.operator(),
                ingredients.kindWithFee(),
                ingredients.payer(),
                basisPoints,
                new long[] {minimum, maximum},
                revenue);
    }

    DirectBuffer registerToken(Id id) {
        String code = chance.coin() ? Ingredients.CODES[chance.below(profile.tokens())] : "T" + chance.below(30);
        int scale = (int) chance.pick(0, 18, 6);
        return messages.registerToken(id, ingredients.operator(), Messages.token(code), scale, chance.coin());
    }

    DirectBuffer openWallet(Id id) {
        String owner = chance.coin() ? "agent:w" + chance.below(profile.wallets()) : "human:h" + owners++;
        return messages.openWallet(id, ingredients.operator(), owner, chance.next());
    }
}
