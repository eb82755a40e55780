package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TortureReportTest {
    private static final List<String> LOST = List.of("O1 acknowledged but not there");

    @Test
    void aViolationFails() {
        assertTrue(result(false, null, List.of()).passed());
        assertFalse(result(false, null, LOST).passed());
        assertEquals("FAILED", result(false, null, LOST).verdict());
    }

    @Test
    void aControlFailsWhenNothingWasFound() {
        assertFalse(result(true, null, List.of()).passed());
        assertEquals("FAILED: nothing was found", result(true, null, List.of()).verdict());
        assertTrue(result(true, null, LOST).passed());
    }

    @Test
    void aCampaignThatBreaksOffFailsAlsoWhenItIsAControl() {
        CampaignResult broken = new CampaignResult(
                new Line("T0", "a test", 1, 1, 1, true), null, 0, 0, 0, 0, 0, 1, "", "no server", List.of());
        assertFalse(broken.passed());
        assertEquals("FAILED, could not go on: no server", broken.verdict());
    }

    @Test
    void whatCannotBeDoneHereSaysWhyAndFailsNothing() {
        CampaignResult skipped = CampaignResult.notRun(new PowerCuts(PowerCuts.Flush.ASYNC), "skipped: needs root");
        assertTrue(skipped.passed());
        assertEquals("skipped: needs root", skipped.verdict());
    }

    @Test
    void oneFailureFailsTheRunAndIsShownInEveryForm() {
        TortureReport report =
                new TortureReport(7, 90, 12.4, List.of(result(false, null, List.of()), result(false, null, LOST)));
        assertFalse(report.passed());
        assertTrue(report.text().contains("1.5 minutes, 12 % of the processors' time stolen"), report.text());
        assertTrue(report.text().contains(LOST.get(0)), report.text());
        assertTrue(report.markdown().contains("| 1 | 2 | FAILED |"), report.markdown());
        JsonNode json = JsonMapper.shared().readTree(report.json());
        assertFalse(json.get("passed").asBoolean());
        assertEquals(12.4, json.get("stolen_percent").asDouble());
        assertEquals(
                LOST.get(0),
                json.get("campaigns").get(1).get("violations").get(0).asString());
    }

    private static CampaignResult result(boolean mustFind, String skipped, List<String> violations) {
        return new CampaignResult(
                new Line("T0", "a test", 1, 1, 1, mustFind), skipped, 1, 2, 3, 4, 0.5, 1.5, "", null, violations);
    }
}
