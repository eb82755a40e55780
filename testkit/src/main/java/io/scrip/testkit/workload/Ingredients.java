package io.scrip.testkit.workload;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferKind;
import io.scrip.testkit.model.AccountKey;
import io.scrip.testkit.model.Balances;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.model.Terms;
import io.scrip.testkit.workload.Messages.Authority;
import io.scrip.testkit.workload.Messages.Condition;
import java.util.ArrayList;
import java.util.List;

/** The values that commands are made of, with a liking for edges. */
final class Ingredients {
    static final String[] CODES = {"CRD", "USD", "A", "ZZZZZZZ9"};
    private static final Comparison[] COMPARISONS = {Comparison.EQUAL, Comparison.AT_LEAST, Comparison.AT_MOST};
    private static final Measure[] MEASURES = {Measure.VERSION, Measure.AVAILABLE, Measure.POSTED};
    private static final TransferKind[] KINDS = {
        TransferKind.PLAIN, TransferKind.CREDIT, TransferKind.MARKETPLACE, TransferKind.TIP, TransferKind.SERVICE
    };

    static final long PLATFORM = 1;
    /** As a client says that value is plain. */
    static final Terms NO_TERMS = new Terms(LotCategory.PLAIN, 0, 0, 0, 0);

    private static final long MAX_TIMEOUT_NS = 366L * 24 * 3_600 * 1_000_000_000L;

    private final Chance chance;
    private final Profile profile;
    private final NaiveLedger model;
    private long made;

    Ingredients(Chance chance, Profile profile, NaiveLedger model) {
        this.chance = chance;
        this.profile = profile;
        this.model = model;
    }

    int pendingHolds() {
        return model.pendingHolds();
    }

    /** Mostly a UUIDv7 of now; also of the edges of what is accepted, version 4, and numbers. */
    Id id() {
        long low = Long.MIN_VALUE | (chance.next() >>> 2);
        if (profile.stress() == Profile.Stress.FORGETFUL && chance.coin()) {
            // Of its time nearly all UUIDv7 are too old.
            return new Id((chance.next() & ~0xF000L) | 0x4000L, low);
        }
        if (chance.oneIn(80)) {
            return uuid7(nowMs() + 60_000 + chance.between(-2, 2), low);
        }
        return switch (chance.below(16)) {
            case 0 -> uuid7(nowMs() - chance.between(0, profile.windowNs() / 1_000_000 * 2), low);
            case 1, 2, 3 -> new Id((chance.next() & ~0xF000L) | 0x4000L, low);
            case 4 -> new Id(0, ++made);
            case 5 -> new Id(++made, 0);
            default -> uuid7(nowMs() - chance.below(3), low);
        };
    }

    /** Terms of a grant: often like others', so that lots grow and deadlines fall together. */
    Terms terms() {
        LotCategory category =
                chance.oneIn(20) ? LotCategory.PLAIN : chance.coin() ? LotCategory.PAID : LotCategory.PROMOTIONAL;
        int priority = (int) chance.pick(0, 1, 127, 128, 128, 129, 255);
        long nowNs = model.timestampNs();
        long soonNs = (nowNs / 1_000_000_000L + 1) * 1_000_000_000L;
        long effectiveNs = chance.pick(
                0, 0, 0, 0, soonNs, soonNs, 1, nowNs + chance.between(1, 3), nowNs - 1, chance.oneIn(10) ? -1 : 0);
        long expiresNs = chance.pick(
                Terms.NEVER,
                Terms.NEVER,
                soonNs,
                soonNs,
                soonNs + 1_000_000_000L,
                soonNs + 3_600_000_000_000L,
                nowNs + chance.between(0, 5),
                nowNs + chance.between(1, 10_000_000_000L));
        long convertibleFromNs = chance.pick(0, 0, 1, 2, Terms.NEVER, nowNs, soonNs, chance.oneIn(10) ? -1 : 0);
        return new Terms(category, priority, effectiveNs, expiresNs, convertibleFromNs);
    }

    private long nowMs() {
        return model.timestampNs() / 1_000_000;
    }

    private Id uuid7(long timeMs, long low) {
        return new Id(timeMs << 16 | 0x7000L | chance.below(0x1000), low);
    }

    long wallet() {
        if (chance.oneIn(60)) {
            return chance.pick(0, -1, Long.MAX_VALUE, model.wallets() + 1);
        }
        return chance.oneIn(12) ? PLATFORM : chance.between(2, 1L + profile.wallets());
    }

    long token() {
        if (chance.oneIn(80)) {
            return chance.pick(Messages.token("NONE"), 0, -1);
        }
        return Messages.token(CODES[chance.below(profile.tokens())]);
    }

    int code() {
        if (chance.below(5) > 0) {
            return AccountKey.MAIN;
        }
        return (int) chance.pick(
                AccountKey.STAKE, AccountKey.STAKE, 3, AccountKey.REVENUE, 5, 256, 65_535, AccountKey.ISSUANCE, 6, 255);
    }

    AccountKey account(long token) {
        return new AccountKey(wallet(), token, code());
    }

    /** Mostly whoever may, sometimes anybody else. */
    Authority caller(long owner) {
        return switch (chance.below(30)) {
            case 0 -> new Authority(Role.OPERATOR, 0);
            case 1 -> new Authority(Role.AUDITOR, 0);
            case 2 -> Authority.of(wallet());
            case 3, 4 -> Authority.SYSTEM;
            default -> Authority.of(owner);
        };
    }

    Authority operator() {
        return chance.oneIn(15) ? Authority.of(wallet()) : chance.oneIn(4) ? Authority.SYSTEM : Authority.OPERATOR;
    }

    /** An amount around what an account has; seldom one that can never be. */
    long amountFrom(AccountKey from) {
        long amount = anyAmountFrom(from);
        return amount > 0 || chance.oneIn(10) ? amount : chance.between(1, 50);
    }

    private long anyAmountFrom(AccountKey from) {
        Balances balances = model.balances(from);
        long available = model.available(from);
        return switch (chance.below(20)) {
            case 0 -> available;
            case 1 -> available == Long.MAX_VALUE ? available : available + 1;
            case 2 -> available - 1;
            case 3 -> balances.creditsPosted() - balances.debitsPosted();
            case 4 -> chance.pick(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1);
            case 5 -> available / 2;
            case 6, 7, 8 -> 1;
            case 9, 10 -> chance.between(1, 10_000);
            default -> chance.between(1, 50);
        };
    }

    /** An amount around another one. */
    long amountNear(long amount) {
        return switch (chance.below(8)) {
            case 0 -> amount;
            case 1 -> amount == Long.MAX_VALUE ? amount : amount + 1;
            case 2 -> amount - 1;
            case 3, 4 -> 0;
            case 5 -> chance.pick(-1, Long.MAX_VALUE, 1);
            default -> amount > 1 ? chance.between(1, amount) : 1;
        };
    }

    long timeoutNs() {
        return switch (chance.below(12)) {
            case 0 -> chance.pick(-1, MAX_TIMEOUT_NS, MAX_TIMEOUT_NS + 1);
            case 1, 2 -> chance.between(1, 3);
            case 3, 4, 5 -> chance.between(1, 100_000_000);
            default -> chance.pick(1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L);
        };
    }

    long applyBefore() {
        return chance.oneIn(15) ? model.timestampNs() + chance.between(-2, 2_000) : 0;
    }

    TransferKind kind() {
        return KINDS[chance.coin() ? 0 : chance.below(KINDS.length)];
    }

    TransferKind kindWithFee() {
        return KINDS[chance.oneIn(10) ? 0 : 1 + chance.below(KINDS.length - 1)];
    }

    FeePayer payer() {
        return chance.coin() ? FeePayer.SENDER : FeePayer.RECEIVER;
    }

    List<Condition> conditions(AccountKey from, AccountKey to, long amount) {
        List<Condition> conditions = new ArrayList<>();
        int count = chance.below(10) > 0 ? 0 : (int) chance.pick(1, 1, 2, 8);
        for (int i = 0; i < count; i++) {
            Side side = chance.coin() ? Side.FROM : Side.TO;
            Measure measure = MEASURES[chance.below(3)];
            AccountKey account = side == Side.FROM ? from : to;
            Balances balances = model.balances(account);
            long change = side == Side.FROM ? -amount : amount;
            long now = switch (measure) {
                case VERSION -> balances.version();
                case AVAILABLE -> model.available(account) + chance.pick(0, change);
                default -> balances.creditsPosted() - balances.debitsPosted() + chance.pick(0, change);
            };
            long value = chance.oneIn(10) ? chance.pick(0, Long.MAX_VALUE) : now + chance.between(-1, 1);
            conditions.add(new Condition(side, measure, COMPARISONS[chance.below(3)], value));
        }
        return conditions;
    }
}
