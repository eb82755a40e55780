package io.scrip.gateway.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.history.CommandReader;
import io.scrip.gateway.history.IdempotencyConflict;
import io.scrip.gateway.history.LegJson;
import io.scrip.gateway.history.MovementJson;
import io.scrip.gateway.history.MovementJson.Extent;
import io.scrip.gateway.history.MovingCommand;
import io.scrip.gateway.history.QuietCommand;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredDecision;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.history.StoredOutcome;
import io.scrip.gateway.history.TransactionPage;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.http.StoredOutcomes.Form;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Standing;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.Outcome;
import org.agrona.DirectBuffer;

/** Writes records of the event log as the answers they were, or as resources. Used for one answer, on one thread. */
final class StoredAnswers {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int INITIAL_BYTES = 1_024;

    private final TokenScales scales;
    private final ByteBuf out = Unpooled.buffer(INITIAL_BYTES);
    private final JsonOut json = new JsonOut().to(out);
    private final LegJson legs = new LegJson();
    private final MovementJson movements = new MovementJson();
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
    boolean write(StoredOutcome outcome, Viewer viewer, Form form, Standing standing) {
        if (outcome.first() instanceof StoredDecision decision) {
            return write(decision, viewer, form);
        }
        switch (form) {
            case REPLAY -> {
                status = CREATED;
                movements.write(json, outcome, viewer, Extent.ANSWER, Standing.NOTHING);
            }
            case BATCH_ITEM -> {
                status = CREATED;
                beginItem();
                movements.write(json, outcome, viewer, Extent.BATCH_ITEM, Standing.NOTHING);
                json.endObject();
            }
            case RESOURCE, HOLD -> {
                boolean wanted = form == Form.RESOURCE || outcome.legs().get(0).legKind() == LegKind.HOLD;
                if (!wanted || !outcome.isFor(viewer)) {
                    return false;
                }
                status = OK;
                movements.write(json, outcome, viewer, Extent.RESOURCE, standing);
            }
        }
        return true;
    }

    /**
     * Writes one result of a batch.
     *
     * @param conflicting the command whose id had been used for the outcome; {@code null}: it is the outcome's own
     */
    void writeItem(StoredOutcome outcome, DirectBuffer conflicting, Viewer viewer) {
        if (conflicting == null) {
            if (!write(outcome, viewer, Form.BATCH_ITEM, Standing.NOTHING)) {
                throw new IllegalStateException(
                        "event " + outcome.first().eventSequence() + " has no place in a batch");
            }
            return;
        }
        StoredCommand first = outcome.first().command();
        StoredCommand sent = new CommandReader().read(conflicting, 0, conflicting.capacity());
        long idHigh = sent.origin().idHigh();
        long idLow = sent.origin().idLow();
        if (first.origin().hasSameCallerAs(sent.origin())) {
            OutcomeProblem.writeConflictItem(json, IdempotencyConflict.firstDifferingField(first, sent), idHigh, idLow);
        } else {
            OutcomeProblem.writeGatewayItem(
                    json, ProblemKind.FOREIGN_ID, StoredOutcomes.FOREIGN_ID_DETAIL, idHigh, idLow);
        }
    }

    /** Writes a decision that moved nothing. */
    private boolean write(StoredDecision decision, Viewer viewer, Form form) {
        if (decision.outcome() != Outcome.APPLIED) {
            return writeRefused(decision, viewer, form, OutcomeProblem.requestId(decision.eventSequence()));
        }
        if (!(decision.command() instanceof QuietCommand command)) {
            return false;
        }
        switch (form) {
            case REPLAY -> {
                status = CREATED;
                command.writeApplied(json, decision, scales);
            }
            case BATCH_ITEM -> {
                status = CREATED;
                beginItem();
                command.writeApplied(json, decision, scales);
                json.endObject();
            }
            case RESOURCE -> {
                if (!(command instanceof MovingCommand) || !maySee(command, viewer)) {
                    return false;
                }
                status = OK;
                command.writeApplied(json, decision, scales);
            }
            case HOLD -> {
                return false;
            }
        }
        return true;
    }

    private void beginItem() {
        json.beginObject().name("status").number(CREATED).name("transfer");
    }

    private static boolean maySee(StoredCommand command, Viewer viewer) {
        return viewer.readsAll() || command.origin().isOf(viewer);
    }

    /**
     * Writes the answer to a command that has just been decided and moved nothing.
     *
     * @param requestId of a refusal that is not remembered; a remembered one has its own
     */
    boolean writeFirst(StoredDecision decision, Viewer viewer, String requestId) {
        if (decision.outcome() != Outcome.APPLIED && decision.eventSequence() == 0) {
            return writeRefused(decision, viewer, Form.REPLAY, requestId);
        }
        return write(decision, viewer, Form.REPLAY);
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

    private boolean writeRefused(StoredDecision decision, Viewer viewer, Form form, String requestId) {
        StoredCommand command = decision.command();
        // What a refusal tells is the sender's business: its numbers are the payer's balance.
        boolean resource = form == Form.RESOURCE || form == Form.HOLD;
        if (resource && !(command instanceof MovingCommand && maySee(command, viewer))) {
            return false;
        }
        if (form == Form.HOLD && !(command instanceof StoredCommand.Transfer transfer && transfer.timeoutNs() != 0)) {
            return false;
        }
        OutcomeStatus row = OutcomeStatus.of(command.visible(decision), command.templateId());
        int scale = command.scaleOfNumbers(
                decision, scales.scaleOf(decision.token() != 0 ? decision.token() : command.token()));
        switch (form) {
            case REPLAY -> {
                status = row.status();
                OutcomeProblem.write(json, row, numbers(decision, scale), requestId);
            }
            case BATCH_ITEM -> {
                status = row.status();
                OutcomeProblem.writeItem(json, row, numbers(decision, scale), decision.idHigh(), decision.idLow());
            }
            case RESOURCE, HOLD -> {
                status = OK;
                ((MovingCommand) command).writeRefused(json.beginObject(), decision, scales);
                json.name("refusal").beginObject();
                OutcomeProblem.writeRefusalMembers(json, row, numbers(decision, scale));
                json.endObject().endObject();
            }
        }
        return true;
    }

    private static OutcomeProblem.Numbers numbers(StoredDecision decision, int scale) {
        return new OutcomeProblem.Numbers(
                scale,
                decision.needed(),
                decision.available(),
                decision.limitValue(),
                decision.wallet(),
                decision.window());
    }
}
