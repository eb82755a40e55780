package io.scrip.testkit;

import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import org.agrona.DirectBuffer;

/** An event as both sides write it. A leg has a kind; any other decision has none, and then no accounts either. */
record Fact(
        long eventSequence,
        long sequence,
        long timestampNs,
        Id id,
        Outcome outcome,
        LegKind kind,
        int legIndex,
        int legCount,
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
        int commandBytes) {

    static Fact decode(DirectBuffer buffer, int offset) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        return header.templateId() == LegEventDecoder.TEMPLATE_ID
                ? leg(new LegEventDecoder().wrapAndApplyHeader(buffer, offset, header))
                : decision(new DecisionEventDecoder().wrapAndApplyHeader(buffer, offset, header));
    }

    private static Fact leg(LegEventDecoder leg) {
        return new Fact(
                leg.eventSequence(),
                leg.sequence(),
                leg.timestamp(),
                new Id(leg.id().high(), leg.id().low()),
                leg.outcome(),
                leg.kind(),
                leg.legIndex(),
                leg.legCount(),
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
                leg.commandLength());
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
                null,
                null,
                0,
                0,
                null,
                null,
                0,
                FeePayer.RECEIVER,
                0,
                Id.NONE,
                decision.wallet(),
                decision.needed(),
                decision.available(),
                decision.limitValue(),
                decision.commandLength());
    }
}
