package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

    @Test
    void saysWhoMayDoWhatWasRefused() {
        Map<Integer, String> who = Map.of(
                TransferDecoder.TEMPLATE_ID, "owner debits",
                ReverseDecoder.TEMPLATE_ID, "payee of a payment",
                VoidHoldDecoder.TEMPLATE_ID, "payee of a hold",
                ExtendHoldDecoder.TEMPLATE_ID, "payer of a hold",
                SetLimitDecoder.TEMPLATE_ID, "wallets above",
                KillSwitchDecoder.TEMPLATE_ID, "only an operator and the wallets above",
                SetFeeDecoder.TEMPLATE_ID, "operator's key");
        who.forEach((templateId, words) -> {
            OutcomeStatus row = OutcomeStatus.of(Outcome.NOT_AUTHORIZED, templateId);
            assertTrue(row.detail().contains(words), row.detail());
            assertEquals(403, row.status());
            assertEquals("not_authorized", row.code());
        });
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
