package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeStatusTest {
    private static final Set<Outcome> NO_OUTCOMES = EnumSet.of(Outcome.SBE_UNKNOWN, Outcome.NULL_VAL);

    @Test
    void hasARowForEveryOutcome() {
        List<Outcome> withoutRow = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (!NO_OUTCOMES.contains(outcome) && OutcomeStatus.of(outcome) == null) {
                withoutRow.add(outcome);
            }
        }
        assertEquals(List.of(), withoutRow);
    }

    @Test
    void speaksOfEveryRowInSentences() {
        for (Outcome outcome : EnumSet.complementOf(EnumSet.copyOf(NO_OUTCOMES))) {
            OutcomeStatus row = OutcomeStatus.of(outcome);
            assertNotNull(row);
            assertTrue(row.detail().endsWith("."), row.detail());
            assertTrue(!row.title().endsWith("."), row.title());
            assertTrue(row.code().matches("[a-z_]+"), row.code());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "APPLIED,201",
        "MALFORMED,400",
        "AMOUNT_NOT_POSITIVE,400",
        "INSUFFICIENT_FUNDS,402",
        "NOT_AUTHORIZED,403",
        "UNKNOWN_WALLET,404",
        "UNKNOWN_TRANSFER,404",
        "FROM_FROZEN,409",
        "TO_FROZEN,409",
        "FROM_CLOSED,409",
        "TO_CLOSED,409",
        "OWNER_EXISTS,409",
        "TOKEN_EXISTS,409",
        "UNKNOWN_TO,422",
        "SAME_WALLET,422",
        "UNKNOWN_TOKEN,422",
        "NOT_TRANSFERABLE,422",
        "IDEMPOTENCY_CONFLICT,422",
        "NOTHING_AVAILABLE,422",
        "CEILING_EXCEEDED,422",
        "TOO_LATE,422",
        "CONDITION_FAILED,422"
    })
    void mapsAsTheSpecificationSays(Outcome outcome, int status) {
        assertEquals(status, OutcomeStatus.of(outcome).status());
    }

    @Test
    void usesPaymentRequiredForMissingFundsOnly() {
        for (Outcome outcome : EnumSet.complementOf(EnumSet.copyOf(NO_OUTCOMES))) {
            assertEquals(
                    outcome == Outcome.INSUFFICIENT_FUNDS,
                    OutcomeStatus.of(outcome).status() == 402);
        }
    }

    @Test
    void calls404ForATokenInThePathOnly() {
        assertEquals(
                404,
                OutcomeStatus.of(Outcome.UNKNOWN_TOKEN, IssueDecoder.TEMPLATE_ID)
                        .status());
        assertEquals(
                422,
                OutcomeStatus.of(Outcome.UNKNOWN_TOKEN, TransferDecoder.TEMPLATE_ID)
                        .status());
    }

    @Test
    void tellsAStrangerNothingAboutThePayer() {
        for (Outcome outcome : EnumSet.complementOf(EnumSet.copyOf(NO_OUTCOMES))) {
            Outcome seen = OutcomeStatus.visible(outcome, false);
            if (outcome.value() >= Outcome.UNKNOWN_FROM.value()) {
                assertEquals(Outcome.NOT_AUTHORIZED, seen);
            } else {
                assertEquals(outcome, seen);
            }
            assertEquals(outcome, OutcomeStatus.visible(outcome, true));
        }
    }
}
