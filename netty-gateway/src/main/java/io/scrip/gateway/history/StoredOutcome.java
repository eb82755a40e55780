package io.scrip.gateway.history;

import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.Original;
import io.scrip.protocol.LegKind;
import java.util.List;

/**
 * What became of a command: its first record and, when it moved something, all its legs. Immutable.
 *
 * @param legs empty for a decision; otherwise the first is {@code first}
 */
public record StoredOutcome(StoredEvent first, List<StoredLeg> legs) {
    public StoredOutcome {
        legs = List.copyOf(legs);
    }

    /** Whether the viewer may know of it: who sent it, its parties if it was applied, operator and auditor. */
    public boolean isFor(Viewer viewer) {
        boolean mayRead = viewer.readsAll() || first.command().origin().isOf(viewer);
        for (StoredLeg leg : legs) {
            mayRead |= leg.touches(viewer.wallet());
        }
        return mayRead;
    }

    /** Decimal places of the token that it moved, or was about; {@link TokenScales#UNKNOWN} when that is none. */
    public int scale(TokenScales scales) {
        if (first instanceof StoredDecision decision) {
            return scales.scaleOf(decision.token());
        }
        return legs.get(0).scale();
    }

    /**
     * The movement of this id, to be given back: from its own legs, or from an earlier command to give it back.
     *
     * @return {@code null} when it moved nothing, or not from one account to one other
     */
    public Original original(long idHigh, long idLow) {
        if (first.command() instanceof StoredReverse reverse) {
            Original original = reverse.original();
            boolean same = original.idHigh() == idHigh && original.idLow() == idLow;
            return same ? original : null;
        }
        if (legs.isEmpty() || !isReversible(legs.get(0).legKind())) {
            return null;
        }
        StoredLeg main = legs.get(0);
        StoredLeg feeLeg = null;
        for (StoredLeg leg : legs.subList(1, legs.size())) {
            if (leg.legKind() == LegKind.FEE) {
                feeLeg = leg;
            } else if (isReversible(leg.legKind())) {
                return null;
            }
        }
        return new Original(
                main.idHigh(),
                main.idLow(),
                main.from(),
                main.fromAccount(),
                main.to(),
                main.toAccount(),
                main.token(),
                main.amount(),
                main.fee(),
                main.feePayer(),
                feeLeg == null ? 0 : feeLeg.to(),
                main.lots(),
                feeLeg == null ? List.of() : feeLeg.lots());
    }

    private static boolean isReversible(LegKind kind) {
        return kind == LegKind.TRANSFER || kind == LegKind.CAPTURE || kind == LegKind.ISSUE;
    }
}
