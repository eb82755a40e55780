package io.scrip.gateway.http;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.Measure;
import io.scrip.protocol.TransferDecoder;

/** Finds which condition of a transfer failed, from the numbers of the refusal. */
public final class FailedCondition {
    private FailedCondition() {}

    /**
     * Whether the first condition that asks for {@code wanted} and does not hold for {@code actual} is about a version:
     * then its numbers are counts, otherwise they are amounts. Leaves the decoder behind the conditions.
     */
    static boolean isOnVersion(TransferDecoder transfer, long actual, long wanted) {
        boolean found = false;
        boolean onVersion = false;
        TransferDecoder.ConditionsDecoder conditions = transfer.conditions();
        while (conditions.hasNext()) {
            conditions.next();
            if (!found && failed(conditions.comparison(), conditions.value(), actual, wanted)) {
                found = true;
                onVersion = conditions.measure() == Measure.VERSION;
            }
        }
        return onVersion;
    }

    /** Whether a condition with this value is the one that asked for {@code wanted} and found {@code actual}. */
    public static boolean failed(Comparison comparison, long value, long actual, long wanted) {
        return value == wanted
                && switch (comparison) {
                    case EQUAL -> actual != wanted;
                    case AT_LEAST -> actual < wanted;
                    case AT_MOST -> actual > wanted;
                    default -> false;
                };
    }
}
