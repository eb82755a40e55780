package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.torture.Observation.Balance;
import io.scrip.tools.torture.Observation.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An oracle that never bites proves nothing: each lie a server could tell is told here, and must be noticed. */
class OracleTest {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Balance> balances = new ArrayList<>();
    private final List<List<Movement>> histories = List.of(new ArrayList<>(), new ArrayList<>());
    private final Map<String, String> remembered = new HashMap<>();
    private final Map<String, String> differences = new HashMap<>(Map.of("CRD", "0", "USD", "0"));
    private Attempt unanswered;

    /** Two wallets: the first was given 100 and paid 30, then 5; one refusal; one request that was not accepted. */
    @BeforeEach
    void honestServer() {
        posted("a", Attempt.ISSUANCE, 0, 100, 8, 1);
        posted("b", 0, 1, 30, 9, 2);
        posted("c", 0, 1, 5, 11, 2);
        Attempt refused = new Attempt("d", 1, 0, 999, 3);
        refused.refused(402, "insufficient_funds", null);
        attempts.add(refused);
        remembered.put("d", "insufficient_funds");
        Attempt notAccepted = new Attempt("e", 1, 0, 1, 3);
        notAccepted.notAccepted();
        attempts.add(notAccepted);
        unanswered = new Attempt("f", 1, 0, 1, 4);
        balances.add(new Balance(65, 65));
        balances.add(new Balance(35, 35));
    }

    @Test
    void findsNothingWrongWithAnHonestServer() {
        assertEquals(List.of(), check());
    }

    @Test
    void noticesALostTransfer() {
        histories.forEach(history -> history.removeIf(movement -> movement.id().equals("b")));
        assertFound("O1 acknowledged but in the histories 0 times");
    }

    @Test
    void noticesATransferWithOneLeg() {
        histories.get(1).removeIf(movement -> movement.id().equals("b"));
        assertFound("O1 acknowledged but in the histories 1 times as payer's and 0 times as payee's");
    }

    @Test
    void noticesATransferThatWasAppliedTwice() {
        histories.get(0).add(0, new Movement("c", 12, 0, 1, 5, "posted"));
        histories.get(1).add(0, new Movement("c", 12, 0, 1, 5, "posted"));
        assertFound("O1 acknowledged but in the histories 2 times");
    }

    @Test
    void noticesAnotherAmount() {
        histories.get(0).set(1, new Movement("b", 9, 0, 1, 31, "posted"));
        assertFound("O1 history of wallet 0");
    }

    @Test
    void noticesAnotherPayee() {
        histories.get(0).set(1, new Movement("b", 9, 0, 0, 30, "posted"));
        assertFound("O1 history of wallet 0");
    }

    @Test
    void noticesAnotherSequenceThanWasAcknowledged() {
        histories.get(0).set(1, new Movement("b", 10, 0, 1, 30, "posted"));
        assertFound("O1 history of wallet 0");
    }

    @Test
    void noticesATransferThatNobodyAskedFor() {
        histories.get(0).add(0, new Movement("x", 12, 0, 1, 5, "posted"));
        assertFound("O2 nobody was told");
    }

    @Test
    void noticesThatSomethingAnswered503IsThere() {
        remembered.put("e", "posted");
        assertFound("O2 answered 503");
    }

    @Test
    void noticesAForgottenRefusal() {
        remembered.remove("d");
        assertFound("O1 refused with insufficient_funds but now null");
    }

    @Test
    void noticesARefusalThatBecameATransfer() {
        remembered.put("d", "posted");
        assertFound("O1 refused with insufficient_funds but now posted");
    }

    @Test
    void noticesATrialBalanceThatIsOff() {
        differences.put("USD", "0.01");
        assertFound("O3 the trial balance of USD is off by 0.01");
    }

    @Test
    void noticesATrialBalanceWithoutTheToken() {
        differences.remove("CRD");
        assertFound("O3 the trial balance does not name CRD");
    }

    @Test
    void noticesANegativeBalance() {
        balances.set(1, new Balance(-1, 35));
        assertFound("O4 wallet 1 is below zero");
    }

    @Test
    void noticesABalanceThatDoesNotAddUp() {
        balances.set(0, new Balance(66, 66));
        assertFound("O5 wallet 0 should have 65");
    }

    @Test
    void noticesASequenceThatWasGivenTwice() {
        posted("g", 0, 1, 0, 11, 9);
        assertFound("O6 sequence 11 is not one of its own");
    }

    @Test
    void noticesSequencesThatRunBackwardsOnOneConnection() {
        posted("g", 0, 1, 0, 10, 2);
        assertFound("O6 sequence 10 after 11");
    }

    @Test
    void allowsOneSequenceForTheItemsOfABatchOnly() {
        for (String id : List.of("g", "h")) {
            Attempt item = new Attempt(id, 0, 1, 0, id.charAt(0), 7);
            item.posted(12, null);
            attempts.add(item);
            histories.get(0).add(0, new Movement(id, 12, 0, 1, 0, "posted"));
            histories.get(1).add(0, new Movement(id, 12, 0, 1, 0, "posted"));
        }
        assertEquals(List.of(), check());
        Attempt stranger = new Attempt("i", 0, 1, 0, 3, 8);
        stranger.posted(12, null);
        attempts.add(stranger);
        assertFound("O6 sequence 12 is not one of its own");
    }

    @Test
    void noticesAHistoryOutOfOrder() {
        histories.get(1).add(histories.get(1).remove(0));
        assertFound("O6 history of wallet 1 is not in order");
    }

    @Test
    void noticesAnAttemptThatWasNeverDecided() {
        attempts.add(unanswered);
        assertFound("O7 still undecided");
    }

    private void posted(String id, int from, int to, long amount, long sequence, int lane) {
        Attempt attempt = new Attempt(id, from, to, amount, lane);
        attempt.posted(sequence, null);
        attempts.add(attempt);
        if (from != Attempt.ISSUANCE) {
            histories.get(from).add(0, new Movement(id, sequence, from, to, amount, "posted"));
        }
        histories.get(to).add(0, new Movement(id, sequence, from, to, amount, "posted"));
    }

    private List<String> check() {
        return Oracle.check(attempts, new Observation(balances, histories, remembered, differences));
    }

    private void assertFound(String violation) {
        List<String> found = check();
        assertTrue(found.stream().anyMatch(line -> line.startsWith(violation)), "no \"" + violation + "\" in " + found);
    }
}
