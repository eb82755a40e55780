package io.scrip.gateway.history;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.request.Original;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes a record of the event log out of its SBE message. Holds flyweights: one thread at a time. */
public final class EventReader {
    private static final StoredCommand NO_COMMAND =
            new StoredCommand.Other(new StoredCommand.Origin(0, 0, Role.SYSTEM, 0), 0);

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final CommandReader commands = new CommandReader();

    /** The record's leg, valid until the next call and while the buffer is; {@code null} when it is no leg. */
    public LegEventDecoder asLeg(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        if (header.templateId() != LegEventDecoder.TEMPLATE_ID) {
            return null;
        }
        return leg.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
    }

    /**
     * Copies the record; the buffer may be reused afterwards.
     *
     * @throws IllegalStateException when the record is of no kind this version knows
     */
    public StoredEvent read(DirectBuffer event, int offset) {
        LegEventDecoder asLeg = asLeg(event, offset);
        if (asLeg != null) {
            return read(asLeg);
        }
        if (header.templateId() != DecisionEventDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("the event log holds a record of unknown template " + header.templateId());
        }
        decision.wrap(event, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        decision.wrapCommand(command);
        return new StoredDecision(
                decision.eventSequence(),
                decision.sequence(),
                decision.timestamp(),
                decision.id().high(),
                decision.id().low(),
                decision.outcome(),
                decision.wallet(),
                decision.needed(),
                decision.available(),
                decision.limitValue(),
                decision.window(),
                decision.token(),
                decision.expiresAt(),
                commands.read(command, 0, command.capacity()));
    }

    /** Copies the leg that {@link #asLeg} has just found. */
    public StoredLeg read(LegEventDecoder event) {
        List<Original.Lot> lots = lots(event.lots());
        event.wrapCommand(command);
        int commandLength = command.capacity();
        return new StoredLeg(
                event.eventSequence(),
                event.sequence(),
                event.timestamp(),
                event.id().high(),
                event.id().low(),
                event.kind(),
                event.legCount(),
                event.scale(),
                event.token(),
                event.amount(),
                event.fee(),
                event.feePayer(),
                event.expiresAt(),
                event.holdId().high(),
                event.holdId().low(),
                event.from(),
                event.fromAccount(),
                event.to(),
                event.toAccount(),
                BalanceNumbers.of(event.fromBalances()),
                BalanceNumbers.of(event.toBalances()),
                lots,
                commandLength == 0 ? NO_COMMAND : commands.read(command, 0, commandLength));
    }

    private static List<Original.Lot> lots(LegEventDecoder.LotsDecoder group) {
        List<Original.Lot> lots = group.count() == 0 ? List.of() : new ArrayList<>(group.count());
        while (group.hasNext()) {
            group.next();
            LotTermsDecoder terms = group.terms();
            lots.add(new Original.Lot(
                    group.amount(),
                    terms.category(),
                    terms.priority(),
                    terms.effectiveAt(),
                    terms.expiresAt(),
                    terms.convertibleFrom()));
        }
        return lots;
    }
}
