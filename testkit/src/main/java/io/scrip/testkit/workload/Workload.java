package io.scrip.testkit.workload;

import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferDecoder;
import io.scrip.testkit.model.Fact;
import io.scrip.testkit.model.Id;
import io.scrip.testkit.model.NaiveLedger;
import io.scrip.testkit.model.Piece;
import io.scrip.testkit.workload.Messages.Original;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An endless stream of commands from a seed, made of edges, repetitions and races rather than of likely behaviour.
 * Each seed has its own mixture: few wallets or many, much money or little, which kinds of commands, how time passes
 * and how soon ids are forgotten. Looks at the model for what is an edge now, never at the core.
 */
public final class Workload {
    private static final int RECENT = 64;
    private static final int MANY_PENDING = 100;
    private static final Profile.Kind[] KINDS = Profile.Kind.values();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DAY_NS = 86_400 * SECOND_NS;
    private static final long FAR_NS = 400 * DAY_NS;

    private final Chance chance;
    private final Profile profile;
    private final Messages messages = new Messages();
    private final Ingredients ingredients;
    private final RuleRequests rules;
    private final Requests requests;
    private final List<DirectBuffer> opening = new ArrayList<>();
    private final List<DirectBuffer> recent = new ArrayList<>();
    private final List<Original> originals = new ArrayList<>();
    private int opened;

    public Workload(long seed, NaiveLedger model) {
        chance = new Chance(seed);
        profile = Profile.of(seed);
        ingredients = new Ingredients(chance, profile, model);
        rules = new RuleRequests(chance, model, messages, ingredients);
        requests = new Requests(chance, profile, model, messages, ingredients, rules);
        requests.open(opening);
    }

    public Profile profile() {
        return profile;
    }

    /** The next command: first those that make tokens, wallets and money, then anything. */
    public DirectBuffer next() {
        if (opened < opening.size()) {
            return opening.get(opened++);
        }
        if (chance.oneIn(100)) {
            return malformed();
        }
        DirectBuffer message = chance.oneIn(12) && !recent.isEmpty() ? again() : fresh();
        keep(recent, message);
        return message;
    }

    /** A dry run of a transfer; not journaled. */
    public DirectBuffer dryRun() {
        return requests.transfer(ingredients.id(), null, true);
    }

    /** The clock's next reading: it creeps, stalls, leaps, falls back, or stops right before a deadline. */
    public long clock(long nowNs, long nextDeadlineNs) {
        // Not to a lot that becomes good in the year 2262: after that there is no time left.
        if (nextDeadlineNs - nowNs < FAR_NS && chance.oneIn(20)) {
            return Math.max(nowNs, nextDeadlineNs + chance.between(-2, 2));
        }
        return switch (chance.weighted(profile.clockWeights())) {
            case 0 -> nowNs;
            case 1 -> nowNs + chance.between(1, 1_000);
            case 2 -> nowNs + chance.between(1, 5_000_000);
            case 3 -> nowNs + chance.between(1, 3_000_000_000L);
            case 4 -> nowNs + chance.between(1, profile.windowNs() / 20);
            case 5 -> nowNs - chance.pick(1, 1_000_000, 3_600_000_000_000L);
            default -> edge(nowNs) + chance.between(-1, 1);
        };
    }

    /** The next second, minute, quarter of an hour, quarter of a day, day, or month. */
    private long edge(long nowNs) {
        long unitNs = chance.pick(
                SECOND_NS, SECOND_NS, 60 * SECOND_NS, 60 * SECOND_NS, 900 * SECOND_NS, DAY_NS / 4, DAY_NS, 0);
        if (unitNs != 0) {
            return (nowNs / unitNs + 1) * unitNs;
        }
        LocalDate today = LocalDate.ofEpochDay(nowNs / DAY_NS);
        return today.plusMonths(1).withDayOfMonth(1).toEpochDay() * DAY_NS;
    }

    /** Learns from what was written which holds there are, and which movements can be given back. */
    public void observe(List<Fact> facts) {
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact.kind() == LegKind.HOLD && fact.legIndex() == 0) {
                requests.placed(fact.id());
            }
            boolean posted =
                    fact.kind() == LegKind.TRANSFER || fact.kind() == LegKind.ISSUE || fact.kind() == LegKind.CAPTURE;
            if (!posted || fact.legIndex() != 0) {
                continue;
            }
            boolean hasFee = i + 1 < facts.size() && facts.get(i + 1).kind() == LegKind.FEE;
            long revenue = hasFee ? facts.get(i + 1).to().wallet() : 0;
            long fee = hasFee ? fact.fee() : 0;
            List<Piece> feeLots = hasFee ? facts.get(i + 1).lots() : List.of();
            Original original = new Original(
                    fact.id(),
                    fact.from(),
                    fact.to(),
                    fact.amount(),
                    fee,
                    fact.feePayer(),
                    revenue,
                    fact.lots(),
                    feeLots);
            keep(originals, original);
        }
    }

    /** Bytes that are no command, or by chance another one: cut, longer, with a byte or two changed, or a query. */
    private DirectBuffer malformed() {
        DirectBuffer sound = fresh();
        int length = sound.capacity();
        int bytes = switch (chance.below(6)) {
            case 0 -> length + 1;
            case 1 -> length - 1;
            case 2 -> chance.below(length);
            default -> length;
        };
        byte[] changed = new byte[bytes];
        sound.getBytes(0, changed, 0, Math.min(bytes, length));
        if (bytes == length) {
            for (int i = chance.below(3); i >= 0; i--) {
                int at = chance.coin() ? chance.below(length) : chance.below(Math.min(length, 60));
                changed[at] = (byte) (chance.coin() ? chance.next() : changed[at] + 1);
            }
            return new UnsafeBuffer(changed);
        }
        return chance.oneIn(4) ? chance.coin() ? dryRun() : messages.getTrialBalance() : new UnsafeBuffer(changed);
    }

    private DirectBuffer fresh() {
        Id id = ingredients.id();
        if (ingredients.pendingHolds() > MANY_PENDING && !chance.oneIn(4)) {
            return requests.ofHold(id, null);
        }
        return switch (KINDS[chance.weighted(profile.kindWeights())]) {
            case TRANSFER -> requests.transfer(id, null, false);
            case HOLD -> requests.hold(id, null);
            case OF_HOLD -> requests.ofHold(id, null);
            case MULTI_TRANSFER -> requests.multiTransfer(id, null);
            case BATCH -> requests.batch();
            case ISSUE -> requests.issue(id);
            case REVERSE -> originals.isEmpty() ? requests.issue(id) : requests.reverse(id, chance.pick(originals));
            case CHANGE_STATUS -> requests.changeStatus(id);
            case SET_BOUNDS -> requests.setBounds(id);
            case SET_FEE -> requests.setFee(id);
            case REGISTER_TOKEN -> requests.registerToken(id);
            case OPEN_WALLET -> requests.openWallet(id);
            case TICK -> messages.tick();
            case GRANT -> requests.grant(id);
            case SET_PARENT -> rules.setParent(id);
            case SET_LIMIT -> rules.setLimit(id);
            case SET_BUDGET -> rules.setBudget(id);
            case ALLOW -> rules.allow(id);
            case DISALLOW -> rules.disallow(id);
            case KILL_SWITCH -> rules.killSwitch(id);
        };
    }

    /** A command that was sent before: as it was, or the same id with something else in it, or from somebody else. */
    private DirectBuffer again() {
        DirectBuffer old = chance.pick(recent);
        Id id = NaiveLedger.idOf(old, 0);
        if (id.equals(Id.NONE) || chance.below(3) > 0) {
            return old;
        }
        if (chance.coin()) {
            return requests.transfer(id, null, false);
        }
        UnsafeBuffer other = (UnsafeBuffer) Messages.copy(old, 0, old.capacity());
        int caller = MessageHeaderDecoder.ENCODED_LENGTH + TransferDecoder.callerEncodingOffset();
        other.putByte(caller, (byte) chance.pick(Role.OPERATOR.value(), Role.WALLET.value(), Role.SYSTEM.value()));
        other.putLong(caller + 1, chance.between(0, 3), ByteOrder.LITTLE_ENDIAN);
        return other;
    }

    private <T> void keep(List<T> list, T item) {
        if (list.size() < RECENT) {
            list.add(item);
        } else {
            list.set(chance.below(RECENT), item);
        }
    }
}
