package io.scrip.protocol;

import io.scrip.ledger.Commands;
import io.scrip.ledger.Commands.Condition;
import io.scrip.ledger.Commands.Item;
import io.scrip.ledger.Commands.Transfer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Well-formed messages that mean something to a ledger with a few wallets and tokens. */
final class ValidMessages {
    private static final String[] TOKENS = {"CRD", "ACT", "REP", "XYZ"};
    private static final Role[] ROLES = {Role.SYSTEM, Role.OPERATOR, Role.WALLET, Role.AUDITOR};

    private final SmallRandom random;
    private long freshId = 1_000_000;

    ValidMessages(SmallRandom random) {
        this.random = random;
    }

    /** What must have happened for the rest to be possible. */
    List<DirectBuffer> opening() {
        List<DirectBuffer> commands = new ArrayList<>();
        commands.add(Commands.registerOperatorKey(1, Role.SYSTEM, 1, 2));
        commands.add(Commands.registerToken(2, "CRD", 6, true));
        commands.add(Commands.registerToken(3, "ACT", 0, true));
        commands.add(Commands.registerToken(4, "REP", 2, false));
        for (int i = 0; i < 8; i++) {
            commands.add(Commands.openWallet(10 + i, Role.OPERATOR, "agent:" + i, 3, i));
            commands.add(Commands.issue(20 + i, Role.OPERATOR, 2 + i, Commands.token("CRD"), 1_000));
        }
        commands.add(Commands.issue(30, Role.OPERATOR, 2, Commands.token("ACT"), Long.MAX_VALUE - 1_000));
        return commands;
    }

    DirectBuffer next() {
        return switch (random.below(20)) {
            case 0 -> Commands.registerToken(id(), role(), TOKENS[random.below(4)], random.below(19), random.oneIn(2));
            case 1 -> Commands.registerOperatorKey(id(), role(), random.nextLong(), random.nextLong());
            case 2, 3 -> Commands.openWallet(id(), role(), "agent:" + random.below(40), random.nextLong(), 1);
            case 4, 5 -> Commands.issue(id(), mostly(Role.OPERATOR), wallet(), token(), amount());
            case 6 -> Commands.getWallet(role(), wallet(), wallet());
            case 7 -> Commands.getOutcome(id());
            case 8 -> Commands.getTrialBalance(role());
            case 9, 10 -> batch();
            default -> transfer(wallet()).encode(mostly(Role.WALLET));
        };
    }

    private Transfer transfer(long from) {
        List<Condition> conditions = new ArrayList<>();
        for (int count = random.oneIn(4) ? random.below(9) : 0; count > 0; count--) {
            conditions.add(new Condition(
                    Side.get((short) random.below(2)),
                    Measure.get((short) random.below(3)),
                    Comparison.get((short) random.below(3)),
                    random.below(2_000)));
        }
        return new Transfer(
                id(),
                random.oneIn(20) ? wallet() : from,
                from,
                wallet(),
                token(),
                amount(),
                random.oneIn(5) ? random.below(1_000_000) * 1_000_000L : 0,
                random.oneIn(5),
                random.oneIn(5),
                conditions,
                "r".repeat(random.oneIn(5) ? random.below(129) : 0),
                "m".repeat(random.oneIn(9) ? random.below(2049) : 0));
    }

    private DirectBuffer batch() {
        long from = wallet();
        List<Item> items = new ArrayList<>();
        for (int count = 1 + random.below(random.oneIn(20) ? 40 : 5); count > 0; count--) {
            Transfer one = transfer(from);
            Transfer own = new Transfer(
                    one.id(),
                    from,
                    from,
                    one.to(),
                    one.token(),
                    one.amount(),
                    one.applyBefore(),
                    false,
                    one.upTo(),
                    one.conditions(),
                    one.reference(),
                    one.metadata());
            items.add(new Item(random.oneIn(2), own.encode()));
        }
        return Commands.batch(Role.WALLET, from, items);
    }

    private long id() {
        return random.oneIn(5) ? freshId - random.below(500) : ++freshId;
    }

    private long wallet() {
        return random.oneIn(15) ? random.below(50) : 2 + random.below(8);
    }

    private long token() {
        return random.oneIn(3) ? Commands.token(TOKENS[random.below(4)]) : Commands.token("CRD");
    }

    private long amount() {
        return random.oneIn(8) ? random.nextLong() : random.below(600);
    }

    private Role role() {
        return ROLES[random.below(4)];
    }

    private Role mostly(Role role) {
        return random.oneIn(15) ? role() : role;
    }
}
