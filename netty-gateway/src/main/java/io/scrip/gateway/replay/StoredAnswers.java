package io.scrip.gateway.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.history.LegJson;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredDecision;
import io.scrip.gateway.history.StoredEvent;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.history.TransactionPage;
import io.scrip.gateway.http.FailedCondition;
import io.scrip.gateway.http.StoredOutcomes.Form;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletJson;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;

/** Writes records of the event log as the answers they were, or as resources. Used for one answer, on one thread. */
final class StoredAnswers {
    /** Where value enters from. */
    private static final long PLATFORM_WALLET = 1;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int INITIAL_BYTES = 1_024;
    /** Sees no balances: the results of a batch have none. */
    private static final Viewer NOBODY = new Viewer(Role.SYSTEM, 0);

    private final TokenScales scales;
    private final ByteBuf out = Unpooled.buffer(INITIAL_BYTES);
    private final JsonOut json = new JsonOut().to(out);
    private final LegJson legs = new LegJson();
    private int status;

    StoredAnswers(TokenScales scales) {
        this.scales = scales;
    }

    ByteBuf body() {
        return out;
    }

    int status() {
        return status;
    }

    /** Writes the outcome; false when it is nothing that the viewer may see in that form. */
    boolean write(StoredEvent event, Viewer viewer, Form form) {
        if (event instanceof StoredLeg leg) {
            return writeLeg(leg, viewer, form);
        }
        StoredDecision decision = (StoredDecision) event;
        if (decision.command() instanceof StoredCommand.OpenWallet command) {
            return form == Form.REPLAY && writeOpened(decision, command);
        }
        Moving moving = Moving.of(decision.command());
        return moving != null && writeRefused(decision, moving, viewer, form);
    }

    /** Writes a page of transactions. */
    void write(TransactionPage page, Viewer viewer) {
        status = OK;
        json.beginObject().name("data").beginArray();
        for (StoredLeg leg : page.legs()) {
            legs.write(json, leg, viewer);
        }
        json.endArray().name("next_cursor").string(page.nextCursor()).endObject();
    }

    private boolean writeLeg(StoredLeg leg, Viewer viewer, Form form) {
        switch (form) {
            case REPLAY -> {
                status = CREATED;
                legs.write(json, leg, viewer);
            }
            case BATCH_ITEM -> {
                status = CREATED;
                json.beginObject().name("status").number(CREATED).name("transfer");
                legs.write(json, leg, NOBODY);
                json.endObject();
            }
            case RESOURCE -> {
                boolean party = viewer.mayRead(leg.from()) || viewer.mayRead(leg.to());
                if (!party && !isSender(leg.command(), viewer)) {
                    return false;
                }
                status = OK;
                legs.write(json, leg, viewer);
            }
        }
        return true;
    }

    private boolean writeOpened(StoredDecision decision, StoredCommand.OpenWallet command) {
        if (decision.outcome() == Outcome.APPLIED) {
            status = CREATED;
            WalletJson.writeOpened(
                    json,
                    decision.wallet(),
                    command.owner(),
                    decision.sequence(),
                    decision.eventSequence(),
                    decision.timestampNs(),
                    null);
            return true;
        }
        OutcomeStatus row = OutcomeStatus.of(decision.outcome());
        writeProblem(row, decision, TransferJson.UNKNOWN_SCALE);
        return true;
    }

    private boolean writeRefused(StoredDecision decision, Moving moving, Viewer viewer, Form form) {
        // What a refusal tells is the sender's business: its numbers are the payer's balance.
        if (form == Form.RESOURCE && !viewer.readsAll() && !isSender(decision.command(), viewer)) {
            return false;
        }
        boolean ownsFrom = moving.issue || decision.command().origin().callerWallet() == moving.from;
        Outcome outcome = OutcomeStatus.visible(decision.outcome(), ownsFrom);
        OutcomeStatus row =
                moving.issue ? OutcomeStatus.of(outcome, IssueDecoder.TEMPLATE_ID) : OutcomeStatus.of(outcome);
        int scale = scales.scaleOf(moving.token);
        int shown = moving.failedOnVersion(outcome, decision) ? OutcomeProblem.PLAIN_NUMBERS : scale;
        switch (form) {
            case REPLAY -> writeProblem(row, decision, shown);
            case BATCH_ITEM -> {
                status = row.status();
                OutcomeProblem.writeItem(json, row, numbers(decision, shown), decision.idHigh(), decision.idLow());
            }
            case RESOURCE -> {
                status = OK;
                new TransferJson()
                        .clear()
                        .id(decision.idHigh(), decision.idLow())
                        .status(TransferJson.Status.REFUSED)
                        .kind(moving.issue ? TransferJson.Kind.ISSUE : TransferJson.Kind.TRANSFER)
                        .parties(moving.from, moving.to)
                        .token(moving.token, scale)
                        .amount(moving.amount, 0)
                        .decidedAt(decision.sequence(), decision.timestampNs())
                        .texts(moving.reference, moving.metadata)
                        .writeMembers(json.beginObject());
                json.name("refusal").beginObject();
                OutcomeProblem.writeRefusalMembers(json, row, numbers(decision, shown));
                json.endObject().endObject();
            }
        }
        return true;
    }

    private void writeProblem(OutcomeStatus row, StoredDecision decision, int scale) {
        status = row.status();
        OutcomeProblem.write(json, row, numbers(decision, scale), OutcomeProblem.requestId(decision.eventSequence()));
    }

    private static OutcomeProblem.Numbers numbers(StoredDecision decision, int scale) {
        return new OutcomeProblem.Numbers(
                scale, decision.needed(), decision.available(), decision.limitValue(), decision.wallet());
    }

    private static boolean isSender(StoredCommand command, Viewer viewer) {
        StoredCommand.Origin origin = command.origin();
        return origin.callerRole() == viewer.role() && origin.callerWallet() == viewer.wallet();
    }

    /** What a transfer and an issue have in common. */
    private record Moving(
            boolean issue,
            long from,
            long to,
            long token,
            long amount,
            String reference,
            String metadata,
            StoredCommand.Transfer transfer) {

        static Moving of(StoredCommand command) {
            if (command instanceof StoredCommand.Transfer transfer) {
                return new Moving(
                        false,
                        transfer.from(),
                        transfer.to(),
                        transfer.token(),
                        transfer.amount(),
                        transfer.reference(),
                        transfer.metadata(),
                        transfer);
            }
            if (command instanceof StoredCommand.Issue issue) {
                return new Moving(
                        true,
                        PLATFORM_WALLET,
                        issue.to(),
                        issue.token(),
                        issue.amount(),
                        issue.reference(),
                        issue.metadata(),
                        null);
            }
            return null;
        }

        boolean failedOnVersion(Outcome outcome, StoredDecision decision) {
            if (outcome != Outcome.CONDITION_FAILED || transfer == null) {
                return false;
            }
            for (StoredCommand.Condition condition : transfer.conditions()) {
                if (FailedCondition.failed(
                        condition.comparison(), condition.value(), decision.available(), decision.limitValue())) {
                    return condition.measure() == Measure.VERSION;
                }
            }
            return false;
        }
    }
}
