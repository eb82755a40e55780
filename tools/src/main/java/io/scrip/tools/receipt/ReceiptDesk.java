package io.scrip.tools.receipt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.engine.EventLog;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.history.EventReader;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredEvent;
import io.scrip.gateway.history.StoredLeg;
import io.scrip.gateway.http.Receipts;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.http.StoredOutcomes.Trouble;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.Viewer;
import io.scrip.proof.Leaf;
import io.scrip.proof.Notary;
import io.scrip.proof.OpenedLeaf;
import io.scrip.proof.Proof;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes receipts for those who may see what they prove, on the threads that read history. Any thread. */
public final class ReceiptDesk implements Receipts {
    private static final Logger LOGGER = System.getLogger(ReceiptDesk.class.getName());
    private static final int OK = 200;
    private static final int INITIAL_BYTES = 4_096;

    private final History history;
    private final Notary notary;

    public ReceiptDesk(History history, Notary notary) {
        this.history = history;
        this.notary = notary;
    }

    @Override
    public byte[] publicKey() {
        return notary.publicKey();
    }

    @Override
    public void receipt(long eventSequence, Viewer viewer, Answer answer) {
        ask(
                reader -> find(reader, eventSequence, viewer),
                found -> {
                    if (found.trouble != null) {
                        answer.onTrouble(found.trouble);
                    } else if (found.proofs == null) {
                        answer.onUnsigned();
                    } else {
                        answer.onReceipt(ReceiptJson.write(Unpooled.buffer(INITIAL_BYTES), found.proofs));
                    }
                },
                answer::onTrouble);
    }

    @Override
    public void statements(long from, int limit, StoredOutcomes.Answer answer) {
        ask(
                reader -> {
                    ByteBuf out = Unpooled.buffer(INITIAL_BYTES);
                    ReceiptJson.writeStatements(out, notary, from, limit);
                    return out;
                },
                page -> answer.onAnswer(OK, page),
                answer::onTrouble);
    }

    private <T> void ask(Function<EventLog.Reader, T> question, Consumer<T> onResult, Consumer<Trouble> onTrouble) {
        boolean asked = history.ask(question::apply, new History.Callback<T>() {
            @Override
            public void onResult(T result) {
                onResult.accept(result);
            }

            @Override
            public void onFailure(RuntimeException cause) {
                if (cause instanceof PrunedHistory) {
                    onTrouble.accept(Trouble.PRUNED);
                    return;
                }
                LOGGER.log(Level.ERROR, "no receipt could be made: {0}", cause.toString());
                onTrouble.accept(Trouble.UNREADABLE);
            }
        });
        if (!asked) {
            onTrouble.accept(Trouble.BUSY);
        }
    }

    /** Proofs, or none yet, or the reason why there will be none. */
    private record Found(List<Proof> proofs, Trouble trouble) {}

    private Found find(EventLog.Reader reader, long eventSequence, Viewer viewer) {
        StoredEvent[] first = new StoredEvent[1];
        int[] legs = new int[1];
        EventReader events = new EventReader();
        boolean isThere = reader.read(eventSequence, (sequence, event, offset, length) -> {
            first[0] = events.read(event, offset);
            legs[0] =
                    first[0] instanceof StoredLeg ? events.asLeg(event, offset).legCount() : 1;
        });
        if (!isThere) {
            throw new IllegalStateException("event " + eventSequence + " is not in the event log");
        }
        boolean isSender = isSender(first[0].command(), viewer);
        if (!(first[0] instanceof StoredLeg) && !mayReadDecision(first[0], isSender, viewer)) {
            return new Found(null, Trouble.NOT_FOR_VIEWER);
        }
        List<Proof> all = notary.prove(reader, eventSequence, eventSequence + legs[0] - 1);
        if (all == null) {
            // Said only to those who would see something: nobody else learns that the id is known.
            boolean isParty =
                    isSender || viewer.readsAll() || isPartyOfAny(reader, events, eventSequence, legs[0], viewer);
            return new Found(null, isParty ? null : Trouble.NOT_FOR_VIEWER);
        }
        List<Proof> shown = new ArrayList<>();
        for (Proof proof : all) {
            Leaf leaf = proof.opened().leaf();
            boolean mayReadFrom = leaf.leg() && viewer.mayRead(leaf.from());
            boolean mayReadTo = leaf.leg() && viewer.mayRead(leaf.to());
            if (isSender || viewer.readsAll() || mayReadFrom || mayReadTo) {
                OpenedLeaf opened = proof.opened().showing(mayReadFrom, mayReadTo, true, true);
                shown.add(proof.with(opened));
            }
        }
        return shown.isEmpty() ? new Found(null, Trouble.NOT_FOR_VIEWER) : new Found(shown, null);
    }

    private static boolean isPartyOfAny(
            EventLog.Reader reader, EventReader events, long firstEvent, int legs, Viewer viewer) {
        boolean[] isParty = new boolean[1];
        reader.readRange(firstEvent, firstEvent + legs - 1, (sequence, event, offset, length) -> {
            if (events.read(event, offset) instanceof StoredLeg leg) {
                isParty[0] |= viewer.mayRead(leg.from()) || viewer.mayRead(leg.to());
            }
        });
        return isParty[0];
    }

    private static boolean isSender(StoredCommand command, Viewer viewer) {
        StoredCommand.Origin origin = command.origin();
        return origin.callerRole() == viewer.role() && origin.callerWallet() == viewer.wallet();
    }

    /**
     * A refusal is its sender's, and only where the sender is told the true reason: whoever tried to debit a wallet that
     * is not theirs must not learn from a receipt what the answer kept from them.
     */
    private static boolean mayReadDecision(StoredEvent decision, boolean isSender, Viewer viewer) {
        if (viewer.readsAll()) {
            return true;
        }
        return isSender
                && decision.command() instanceof StoredCommand.Transfer transfer
                && OutcomeStatus.visible(decision.outcome(), viewer.owns(transfer.from())) == decision.outcome();
    }
}
