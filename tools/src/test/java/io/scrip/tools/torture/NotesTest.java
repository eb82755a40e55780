package io.scrip.tools.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.torture.Observation.Balance;
import io.scrip.tools.torture.Observation.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotesTest {
    private final Map<String, Notes.Intent> intents = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final List<Balance> balances = new ArrayList<>();
    private final List<List<Movement>> histories = List.of(new ArrayList<>(), new ArrayList<>());
    private final Map<String, String> differences = new HashMap<>(Map.of("CRD", "0"));

    /** Two wallets with 100 each; the first paid 7 (acknowledged), then 2 (never answered, but there). */
    @BeforeEach
    void honestServer() {
        for (String line : List.of("intent a 0 1 7", "ack a", "intent b 0 1 2", "intent c 1 0 5")) {
            Notes.read(line, intents, acknowledged);
        }
        for (int wallet = 0; wallet < 2; wallet++) {
            histories.get(wallet).add(new Movement("b", 4, 0, 1, 2, "posted"));
            histories.get(wallet).add(new Movement("a", 3, 0, 1, 7, "posted"));
            histories.get(wallet).add(new Movement("i" + wallet, 1 + wallet, Attempt.ISSUANCE, wallet, 100, "posted"));
        }
        balances.add(new Balance(91, 91));
        balances.add(new Balance(109, 109));
    }

    @Test
    void findsNothingWrongWithAnHonestServer() {
        assertEquals(List.of(), check());
    }

    @Test
    void noticesThatAnAcknowledgedTransferIsGone() {
        histories.forEach(history -> history.removeIf(movement -> movement.id().equals("a")));
        balances.set(0, new Balance(98, 98));
        balances.set(1, new Balance(102, 102));
        assertEquals(List.of("O1 acknowledged but not there: a"), check());
    }

    @Test
    void noticesATransferThatIsThereTwice() {
        histories.forEach(history -> history.add(0, new Movement("a", 5, 0, 1, 7, "posted")));
        balances.set(0, new Balance(84, 84));
        balances.set(1, new Balance(116, 116));
        assertEquals(List.of("O2 a is there 2 and 2 times"), check());
    }

    @Test
    void noticesATransferThatNobodyIntended() {
        intents.remove("b");
        assertTrue(check().stream().anyMatch(line -> line.startsWith("O2 asked for was null")), check().toString());
    }

    @Test
    void noticesMoneyFromNowhere() {
        histories.get(0).set(2, new Movement("i0", 1, Attempt.ISSUANCE, 0, 101, "posted"));
        balances.set(0, new Balance(92, 92));
        assertEquals(List.of("O3 the wallets have 201 together, issued was 200"), check());
    }

    @Test
    void noticesABalanceThatTheHistoryDoesNotGive() {
        balances.set(0, new Balance(90, 90));
        balances.set(1, new Balance(110, 110));
        assertEquals(2, check().stream().filter(line -> line.startsWith("O5")).count());
    }

    @Test
    void refusesLinesThatAreNoNotes() {
        for (String line : List.of("", "ack", "intent x 0 1", "intent a 0 1 7", "ack a", "say hello")) {
            assertThrows(IllegalArgumentException.class, () -> Notes.read(line, intents, acknowledged), line);
        }
    }

    private List<String> check() {
        Map<String, String> none = Map.of();
        return Notes.check(intents, acknowledged, new Observation(balances, histories, none, differences), 100);
    }
}
