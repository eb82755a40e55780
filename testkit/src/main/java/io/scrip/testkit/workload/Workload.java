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

    private final Chance chance;
    private final Profile profile;
    private final Messages messages = new Messages();
    private final Ingredients ingredients;
    private final Requests requests;
    private final List<DirectBuffer> opening = new ArrayList<>();
    private final List<DirectBuffer> recent = new ArrayList<>();
    private final List<Original> originals = new ArrayList<>();
    private int opened;

    public Workload(long seed, NaiveLedger model) {
        chance = new Chance(seed);
        profile = Profile.of(seed);
        ingredients = new Ingredients(chance, profile, model);
        requests = new Requests(chance, profile, model, messages, ingredients);
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
        if (nextDeadlineNs != Long.MAX_VALUE && chance.oneIn(20)) {
            return Math.max(nowNs, nextDeadlineNs + chance.between(-2, 2));
        }
        return switch (chance.weighted(profile.clockWeights())) {
            case 0 -> nowNs;
            case 1 -> nowNs + chance.between(1, 1_000);
            case 2 -> nowNs + chance.between(1, 5_000_000);
            case 3 -> nowNs + chance.between(1, 3_000_000_000L);
            case 4 -> nowNs + chance.between(1, profile.windowNs() / 20);
            default -> nowNs - chance.pick(1, 1_000_000, 3_600_000_000_000L);
        };
    }

    /** Learns from what was written which movements can be given back. */
    public void observe(List<Fact> facts) {
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
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

    /** A command that is one byte too long or too short. */
    private DirectBuffer malformed() {
        DirectBuffer sound = fresh();
        byte[] bytes = new byte[sound.capacity() + (chance.coin() ? 1 : -1)];
        sound.getBytes(0, bytes, 0, Math.min(bytes.length, sound.capacity()));
        return new UnsafeBuffer(bytes);
    }

    private DirectBuffer fresh() {
        Id id = ingredients.id();
        if (ingredients.pendingHolds() > MANY_PENDING && !chance.oneIn(4)) {
            return requests.ofHold(id, null);
        }
        return switch (chance.weighted(profile.kindWeights())) {
            case 0 -> requests.transfer(id, null, false);
            case 1 -> requests.hold(id, null);
            case 2 -> requests.ofHold(id, null);
            case 3 -> requests.multiTransfer(id, null);
            case 4 -> requests.batch();
            case 5 -> requests.issue(id);
            case 6 -> originals.isEmpty() ? requests.issue(id) : requests.reverse(id, chance.pick(originals));
            case 7 -> requests.changeStatus(id);
            case 8 -> requests.setBounds(id);
            case 9 -> requests.setFee(id);
            case 10 -> requests.registerToken(id);
            case 11 -> requests.openWallet(id);
            default -> messages.tick();
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
