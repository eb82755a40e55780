package io.scrip.testkit.model;

import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SpendingWindow;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** An event as both sides write it. A leg has a kind; any other decision has none, and then no accounts either. */
public record Fact(
        long eventSequence,
        long sequence,
        long timestampNs,
        Id id,
        Outcome outcome,
        LegKind kind,
        int legIndex,
        int legCount,
        int scale,
        long amount,
        AccountKey from,
        AccountKey to,
        long previousFromEvent,
        long previousToEvent,
        Balances fromBalances,
        Balances toBalances,
        long fee,
        FeePayer feePayer,
        long expiresAt,
        Id holdId,
        long wallet,
        long needed,
        long available,
        long limit,
        SpendingWindow window,
        long token,
        List<Piece> lots,
        int commandBytes) {

    public static Fact decode(DirectBuffer buffer, int offset) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        return header.templateId() == LegEventDecoder.TEMPLATE_ID
                ? leg(new LegEventDecoder().wrapAndApplyHeader(buffer, offset, header))
                : decision(new DecisionEventDecoder().wrapAndApplyHeader(buffer, offset, header));
    }

    private static Fact leg(LegEventDecoder leg) {
        Fact head = legHead(leg);
        List<Piece> lots = new ArrayList<>();
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            lots.add(new Piece(lot.amount(), Terms.of(lot.terms())));
        }
        return head.with(lots, leg.commandLength());
    }

    private static Fact legHead(LegEventDecoder leg) {
        return new Fact(
                leg.eventSequence(),
                leg.sequence(),
                leg.timestamp(),
                new Id(leg.id().high(), leg.id().low()),
                leg.outcome(),
                leg.kind(),
                leg.legIndex(),
                leg.legCount(),
                leg.scale(),
                leg.amount(),
                new AccountKey(leg.from(), leg.token(), leg.fromAccount()),
                new AccountKey(leg.to(), leg.token(), leg.toAccount()),
                leg.previousFromEvent(),
                leg.previousToEvent(),
                Balances.of(leg.fromBalances()),
                Balances.of(leg.toBalances()),
                leg.fee(),
                leg.feePayer(),
                leg.expiresAt(),
                new Id(leg.holdId().high(), leg.holdId().low()),
                0,
                0,
                0,
                0,
                SpendingWindow.NONE,
                0,
                List.of(),
                0);
    }

    private static Fact decision(DecisionEventDecoder decision) {
        return new Fact(
                decision.eventSequence(),
                decision.sequence(),
                decision.timestamp(),
                new Id(decision.id().high(), decision.id().low()),
                decision.outcome(),
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                0,
                0,
                null,
                null,
                0,
                FeePayer.RECEIVER,
                decision.expiresAt(),
                Id.NONE,
                decision.wallet(),
                decision.needed(),
                decision.available(),
                decision.limitValue(),
                decision.window(),
                decision.token(),
                List.of(),
                decision.commandLength());
    }

    /** The same with the parts of different length that stand at the end. */
    private Fact with(List<Piece> itsLots, int itsCommandBytes) {
        return new Fact(
                eventSequence,
                sequence,
                timestampNs,
                id,
                outcome,
                kind,
                legIndex,
                legCount,
                scale,
                amount,
                from,
                to,
                previousFromEvent,
                previousToEvent,
                fromBalances,
                toBalances,
                fee,
                feePayer,
                expiresAt,
                holdId,
                wallet,
                needed,
                available,
                limit,
                window,
                token,
                itsLots,
                itsCommandBytes);
    }
}
