package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.BalancesJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.Standing;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.TransferKind;

/**
 * A command that moved something as the API's transfer, hold, capture, reversal or transfer of several legs, all legs
 * with it. Whoever sent it sees all of them, a party sees its own. One thread at a time.
 */
public final class MovementJson {
    private final TransferJson transfer = new TransferJson();

    /** How much of it is shown: balances or none, what it was or what has become of it. */
    public enum Extent {
        /** As it was answered the first time. */
        ANSWER,
        /** The same, without balances. */
        BATCH_ITEM,
        /** With what has become of it since. */
        RESOURCE
    }

    /** Writes the object. {@code standing} counts for a RESOURCE only. */
    public void write(JsonOut json, StoredOutcome outcome, Viewer viewer, Extent extent, Standing standing) {
        StoredCommand command = outcome.first().command();
        if (command instanceof StoredMultiTransfer multi) {
            beginMulti(
                    json.beginObject(),
                    outcome.first(),
                    TransferJson.Status.POSTED,
                    multi.reference(),
                    multi.metadata());
            writeLegs(json, outcome, viewer, extent);
            json.endArray();
            json.endObject();
            return;
        }
        StoredLeg main = command instanceof StoredReverse
                ? outcome.legs().get(outcome.legs().size() - 1)
                : outcome.legs().get(0);
        transfer.clear()
                .id(main.idHigh(), main.idLow())
                .status(main.status())
                .kind(main.kind())
                .parties(main.from(), main.to())
                .accounts(main.shownFromAccount(), main.toAccount())
                .token(main.token(), main.scale())
                .amount(main.amount(), main.fee())
                .feePayer(main.feePayer())
                .hold(main.holdHigh(), main.holdLow())
                .decidedAt(main.sequence(), main.timestampNs());
        describe(transfer, command);
        if (command instanceof StoredReverse reverse) {
            transfer.amount(
                            main.amount(),
                            outcome.legs().size() == 1
                                    ? 0
                                    : outcome.legs().get(0).amount())
                    .feePayer(reverse.original().feePayer());
        }
        if (main.legKind() == LegKind.HOLD) {
            transfer.captured(0, main.amount()).expiresAt(main.expiresNs());
        }
        if (extent == Extent.RESOURCE) {
            update(main, standing);
        }
        if (outcome.legs().size() > 1) {
            transfer.legs(out -> writeLegs(out, outcome, viewer, extent));
        }
        if (extent != Extent.BATCH_ITEM) {
            transfer.balances(
                    viewer.mayRead(main.from()) ? lastOf(outcome, main.from(), main.fromAccount(), main.token()) : null,
                    viewer.mayRead(main.to()) ? lastOf(outcome, main.to(), main.toAccount(), main.token()) : null);
        }
        transfer.write(json);
    }

    /** What of a command is shown whatever became of it. */
    static void describe(TransferJson transfer, StoredCommand command) {
        if (command instanceof StoredCommand.Transfer sent) {
            transfer.feeKind(sent.kind()).texts(sent.reference(), sent.metadata());
        } else if (command instanceof StoredCommand.Issue sent) {
            transfer.texts(sent.reference(), sent.metadata());
        } else if (command instanceof StoredMultiTransfer sent) {
            transfer.texts(sent.reference(), sent.metadata());
        } else if (command instanceof StoredReverse sent) {
            transfer.original(sent.original().idHigh(), sent.original().idLow()).texts(sent.reason(), null);
        } else {
            transfer.feeKind(TransferKind.PLAIN);
        }
    }

    private void update(StoredLeg main, Standing standing) {
        transfer.reversed(standing.reversed());
        if (main.legKind() == LegKind.HOLD && standing.hold() != HoldStatus.NONE) {
            boolean pending = standing.hold() == HoldStatus.PENDING;
            transfer.status(standing.status())
                    .captured(main.amount() - standing.holdLeft(), pending ? standing.holdLeft() : 0)
                    .expiresAt(standing.expiresNs());
        }
    }

    /** Writes the members of a transfer of several legs up to the list of them, which stays open. */
    static void beginMulti(
            JsonOut json, StoredEvent event, TransferJson.Status status, String reference, String metadata) {
        json.name("id").uuid(event.idHigh(), event.idLow());
        json.name("status").string(status.code());
        json.name("kind").string(TransferJson.Kind.TRANSFER.code());
        json.name("sequence").number(event.sequence());
        json.name("timestamp").timestamp(event.timestampNs());
        TransferJson.writeTexts(json, reference, metadata);
        json.name("legs").beginArray();
    }

    private static void writeLegs(JsonOut json, StoredOutcome outcome, Viewer viewer, Extent extent) {
        boolean all = viewer.readsAll() || outcome.first().command().origin().isOf(viewer);
        for (StoredLeg leg : outcome.legs()) {
            if (all || leg.touches(viewer.wallet())) {
                writeLeg(json, leg, viewer, extent);
            }
        }
    }

    private static void writeLeg(JsonOut json, StoredLeg leg, Viewer viewer, Extent extent) {
        json.beginObject().name("kind").string(leg.kind().code());
        TransferJson.writeSide(json, "from", leg.from(), "from_account", leg.shownFromAccount());
        TransferJson.writeSide(json, "to", leg.to(), "to_account", leg.toAccount());
        json.name("token").token(leg.token()).name("amount").amount(leg.amount(), leg.scale());
        json.name("balances").beginObject();
        if (extent != Extent.BATCH_ITEM && viewer.mayRead(leg.from())) {
            BalancesJson.write(json.name("from"), leg.token(), leg.scale(), leg.fromBalances());
        }
        if (extent != Extent.BATCH_ITEM && viewer.mayRead(leg.to())) {
            BalancesJson.write(json.name("to"), leg.token(), leg.scale(), leg.toBalances());
        }
        json.endObject().endObject();
    }

    /** The account as the last leg that touched it left it. */
    private static BalanceNumbers lastOf(StoredOutcome outcome, long wallet, int account, long token) {
        BalanceNumbers last = null;
        for (StoredLeg leg : outcome.legs()) {
            if (leg.token() == token && leg.from() == wallet && leg.fromAccount() == account) {
                last = leg.fromBalances();
            } else if (leg.token() == token && leg.to() == wallet && leg.toAccount() == account) {
                last = leg.toBalances();
            }
        }
        return last;
    }
}
