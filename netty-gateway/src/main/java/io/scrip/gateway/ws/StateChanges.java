package io.scrip.gateway.ws;

import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SetBoundsDecoder;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends the state again after what changes it without a leg of a main account: freezing, unfreezing, closing, another
 * floor or ceiling, and movements of the stake vault that leave the main account alone. Nothing of that has to be caught
 * up with: a state always comes first, and it is newer. Hub's thread.
 */
final class StateChanges {
    private static final int MAIN = 0;
    private static final int STAKE_VAULT = 2;

    private final Subscriptions subscriptions;
    private final StateQueries queries;
    private final LongSupplier clockNs;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final ChangeStatusDecoder changeStatus = new ChangeStatusDecoder();
    private final SetBoundsDecoder setBounds = new SetBoundsDecoder();

    StateChanges(Subscriptions subscriptions, StateQueries queries, LongSupplier clockNs) {
        this.subscriptions = subscriptions;
        this.queries = queries;
        this.clockNs = clockNs;
    }

    /** A record that is no leg. */
    void onRecord(long eventSequence, DirectBuffer event, int offset) {
        if (header.wrap(event, offset).templateId() != DecisionEventDecoder.TEMPLATE_ID) {
            return;
        }
        decision.wrapAndApplyHeader(event, offset, header);
        if (decision.outcome() != Outcome.APPLIED) {
            return;
        }
        decision.wrapCommand(command);
        switch (header.wrap(command, 0).templateId()) {
            case ChangeStatusDecoder.TEMPLATE_ID ->
                tell(changeStatus.wrapAndApplyHeader(command, 0, header).wallet(), eventSequence);
            case SetBoundsDecoder.TEMPLATE_ID ->
                tell(setBounds.wrapAndApplyHeader(command, 0, header).wallet(), eventSequence);
            default -> {
                // It changes nothing that a state shows.
            }
        }
    }

    /** A leg of a wallet that somebody follows. */
    void onLeg(LegEventDecoder leg) {
        boolean within = leg.from() == leg.to();
        if (leg.fromAccount() == STAKE_VAULT && !(within && leg.toAccount() == MAIN)) {
            tell(leg.from(), leg.eventSequence());
        }
        if (leg.toAccount() == STAKE_VAULT && !(within && leg.fromAccount() == MAIN)) {
            tell(leg.to(), leg.eventSequence());
        }
    }

    /** The client takes messages again. */
    void onWritable(Subscription subscription) {
        if (subscription.isStateOutdated) {
            subscription.isStateOutdated = false;
            queries.want(subscription, clockNs.getAsLong());
        }
    }

    private void tell(long wallet, long eventSequence) {
        for (Subscription s = subscriptions.ofWallet(wallet); s != null; s = s.next) {
            if (eventSequence <= s.stateAsOf) {
                continue;
            }
            if (s.channel.isWritable()) {
                queries.want(s, clockNs.getAsLong());
            } else {
                s.isStateOutdated = true;
            }
        }
    }
}
