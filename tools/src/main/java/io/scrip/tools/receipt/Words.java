package io.scrip.tools.receipt;

import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.proof.AccountTotals;
import io.scrip.proof.Leaf;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import java.math.BigInteger;
import java.util.Locale;
import java.util.UUID;

/** What a record says, for people. A function of what is proved and of nothing else. */
final class Words {

    private Words() {}

    /** Who did what to whom, when. */
    static String of(Leaf leaf) {
        String command = "command " + leaf.sequence() + ", id " + new UUID(leaf.idHigh(), leaf.idLow());
        String time = timeOf(leaf.timestampNs());
        if (!leaf.leg()) {
            String outcome = nameOf(Outcome.values(), leaf.outcome());
            return time + ": " + (leaf.outcome() == 0 ? "applied" : "refused as " + outcome) + " (" + command + ")";
        }
        StringBuilder text = new StringBuilder(time).append(": ").append(verbOf(leaf.kind()));
        text.append(' ').append(amount(leaf, leaf.amount())).append(" from ");
        text.append(account(leaf.from(), leaf.fromAccount())).append(" to ");
        text.append(account(leaf.to(), leaf.toAccount()));
        if (leaf.fee() != 0) {
            text.append(", fee ").append(amount(leaf, leaf.fee()));
            text.append(leaf.feePayer() == 0 ? " paid by the receiver" : " paid by the sender");
        }
        if (leaf.holdIdHigh() != 0 || leaf.holdIdLow() != 0) {
            text.append(", of hold ").append(new UUID(leaf.holdIdHigh(), leaf.holdIdLow()));
        }
        if (leaf.expiresAtNs() != 0) {
            text.append(", expiring ").append(timeOf(leaf.expiresAtNs()));
        }
        if (leaf.legCount() > 1) {
            text.append(", leg ").append(leaf.legIndex() + 1).append(" of ").append(leaf.legCount());
        }
        return text.append(" (").append(command).append(')').toString();
    }

    /** What an account held after the leg. */
    static String of(Leaf leaf, long wallet, int account, AccountTotals totals) {
        BigInteger posted =
                BigInteger.valueOf(totals.creditsPosted()).subtract(BigInteger.valueOf(totals.debitsPosted()));
        String available = "unlimited";
        if (totals.floor() != Long.MIN_VALUE) {
            BigInteger free = posted.subtract(BigInteger.valueOf(totals.debitsPending()))
                    .subtract(BigInteger.valueOf(totals.withheld()))
                    .subtract(BigInteger.valueOf(totals.floor()));
            available = Amounts.toText(free, leaf.scale());
        }
        return account(wallet, account) + " then had " + Amounts.toText(posted, leaf.scale()) + " posted, "
                + available + " available, " + units(totals.debitsPending(), leaf) + " locked, "
                + units(totals.creditsPending(), leaf) + " pending, " + units(totals.staked(), leaf) + " staked "
                + token(leaf);
    }

    private static String amount(Leaf leaf, long units) {
        return units(units, leaf) + " " + token(leaf);
    }

    private static String units(long units, Leaf leaf) {
        return Amounts.toText(BigInteger.valueOf(units), leaf.scale());
    }

    private static String token(Leaf leaf) {
        return TokenCodes.toText(leaf.token());
    }

    private static String account(long wallet, int account) {
        String id = WalletIds.toText(wallet);
        return account == 0 ? id : id + "/" + account;
    }

    private static String timeOf(long ns) {
        return ns < 0 ? ns + " ns" : Timestamps.toText(ns);
    }

    private static String verbOf(int kind) {
        LegKind known = kind <= LegKind.EFFECTIVE.value() ? LegKind.get((short) kind) : LegKind.NULL_VAL;
        return switch (known) {
            case TRANSFER -> "moved";
            case ISSUE -> "issued";
            case HOLD -> "reserved";
            case CAPTURE -> "captured";
            case RELEASE -> "released";
            case EXPIRY -> "released by expiry";
            case REVERSAL -> "moved back";
            case FEE -> "moved as a fee";
            case BREAKAGE -> "moved as breakage";
            case EFFECTIVE -> "made good";
            default -> "did what this version does not know (kind " + kind + ") with";
        };
    }

    private static String nameOf(Outcome[] outcomes, int value) {
        for (Outcome outcome : outcomes) {
            if (outcome.value() == value && outcome != Outcome.NULL_VAL) {
                return outcome.name().toLowerCase(Locale.ROOT);
            }
        }
        return "outcome " + value;
    }
}
