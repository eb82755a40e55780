package io.scrip.tools.torture;

import io.scrip.tools.torture.Observation.Balance;
import io.scrip.tools.torture.Observation.Movement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The oracle for a load generator that cannot decide its unanswered requests: what it was told must be there exactly
 * once, what is there must have been asked for, and the histories must add up to the balances.
 */
final class Notes {
    private Notes() {}

    /** A transfer that was about to be sent. */
    record Intent(int from, int to, long amount) {}

    /** Adds one line; a last line that was cut off is refused like any other that makes no sense. */
    static void read(String line, Map<String, Intent> intents, Set<String> acknowledged) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 5 && parts[0].equals("intent")) {
            Intent intent =
                    new Intent(Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Long.parseLong(parts[4]));
            if (intents.put(parts[1], intent) != null) {
                throw new IllegalArgumentException("an id was used twice: " + line);
            }
        } else if (parts.length == 2 && parts[0].equals("ack")) {
            if (!acknowledged.add(parts[1])) {
                throw new IllegalArgumentException("an id was acknowledged twice: " + line);
            }
        } else {
            throw new IllegalArgumentException("not a note: " + line);
        }
    }

    static List<String> check(
            Map<String, Intent> intents, Set<String> acknowledged, Observation observed, long fundsEach) {
        List<String> violations = new ArrayList<>(Oracle.trialBalanceViolations(observed.differences()));
        Map<String, int[]> seen = new HashMap<>();
        for (int wallet = 0; wallet < observed.histories().size(); wallet++) {
            long sum = 0;
            for (Movement movement : observed.histories().get(wallet)) {
                boolean paid = movement.from() == wallet;
                sum = paid ? Math.subtractExact(sum, movement.amount()) : Math.addExact(sum, movement.amount());
                if (movement.from() == Attempt.ISSUANCE) {
                    continue;
                }
                seen.computeIfAbsent(movement.id(), id -> new int[2])[paid ? 0 : 1]++;
                Intent intent = intents.get(movement.id());
                if (intent == null
                        || !intent.equals(new Intent(movement.from(), movement.to(), movement.amount()))
                        || !movement.status().equals("posted")) {
                    violations.add("O2 asked for was " + intent + ", there is " + movement);
                }
            }
            Balance balance = observed.balances().get(wallet);
            if (balance.total() != sum || balance.available() < 0) {
                violations.add("O5 wallet " + wallet + " has " + balance + ", its history adds up to " + sum);
            }
        }
        seen.forEach((id, sides) -> {
            if (sides[0] != 1 || sides[1] != 1) {
                violations.add("O2 " + id + " is there " + sides[0] + " and " + sides[1] + " times");
            }
        });
        for (String id : acknowledged) {
            if (!seen.containsKey(id)) {
                violations.add("O1 acknowledged but not there: " + id);
            }
        }
        checkIssued(observed, fundsEach, violations);
        return violations;
    }

    private static void checkIssued(Observation observed, long fundsEach, List<String> violations) {
        long sum = observed.balances().stream().mapToLong(Balance::total).reduce(0, Math::addExact);
        long issued = Math.multiplyExact(fundsEach, observed.balances().size());
        if (sum != issued) {
            violations.add("O3 the wallets have " + sum + " together, issued was " + issued);
        }
    }
}
