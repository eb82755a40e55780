package io.scrip.gateway.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.history.LegJson;
import io.scrip.gateway.history.MovingCommand;
import io.scrip.gateway.history.QuietCommand;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredDecision;
import io.scrip.gateway.history.StoredEvent;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.history.TransactionPage;
import io.scrip.gateway.http.StoredOutcomes.Form;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;

/** Writes records of the event log as the answers they were, or as resources. Used for one answer, on one thread. */
final class StoredAnswers {
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
        return write((StoredDecision) event, viewer, form);
    }

    /** Writes a decision that moved nothing. */
    private boolean write(StoredDecision decision, Viewer viewer, Form form) {
        if (decision.outcome() != Outcome.APPLIED) {
            return writeRefused(decision, viewer, form, OutcomeProblem.requestId(decision.eventSequence()));
        }
        if (form != Form.REPLAY || !(decision.command() instanceof QuietCommand command)) {
            return false;
        }
        status = CREATED;
        command.writeApplied(json, decision, scales);
        return true;
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

    private boolean writeRefused(StoredDecision decision, Viewer viewer, Form form, String requestId) {
        StoredCommand command = decision.command();
        // What a refusal tells is the sender's business: its numbers are the payer's balance.
        if (form == Form.RESOURCE
                && !(command instanceof MovingCommand && (viewer.readsAll() || isSender(command, viewer)))) {
            return false;
        }
        OutcomeStatus row = OutcomeStatus.of(command.visible(decision), command.templateId());
        int scale = command.scaleOfNumbers(decision, scales.scaleOf(command.token()));
        switch (form) {
            case REPLAY -> {
                status = row.status();
                OutcomeProblem.write(json, row, numbers(decision, scale), requestId);
            }
            case BATCH_ITEM -> {
                status = row.status();
                OutcomeProblem.writeItem(json, row, numbers(decision, scale), decision.idHigh(), decision.idLow());
            }
            case RESOURCE -> {
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

    private static boolean isSender(StoredCommand command, Viewer viewer) {
        StoredCommand.Origin origin = command.origin();
        return origin.callerRole() == viewer.role() && origin.callerWallet() == viewer.wallet();
    }
}
