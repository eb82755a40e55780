package io.scrip.tools.torture;

import io.scrip.tools.torture.Observation.Balance;
import io.scrip.tools.torture.Observation.Movement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what is wrong between what clients were told and what the server shows. It knows nothing of how the server
 * works: attempts and observations are all it has, and its own model of the ledger is one addition and one
 * subtraction.
 *
 * <p>Every attempt must be decided before it is asked; {@link Retries} sees to that.
 */
final class Oracle {
    private final List<String> violations = new ArrayList<>();

    private Oracle() {}

    /** All violations, empty when nothing is wrong. */
    static List<String> check(Collection<Attempt> attempts, Observation observed) {
        Oracle oracle = new Oracle();
        oracle.checkHistories(attempts, observed);
        oracle.checkRefusals(attempts, observed);
        oracle.checkBalances(attempts, observed);
        oracle.checkTrialBalance(observed);
        oracle.checkSequences(attempts);
        return List.copyOf(oracle.violations);
    }

    /** O1, O2: what was acknowledged is there exactly once, as it was acknowledged; nothing else is there. */
    private void checkHistories(Collection<Attempt> attempts, Observation observed) {
        Map<String, Attempt> expected = new HashMap<>();
        for (Attempt attempt : attempts) {
            if (attempt.state() == Attempt.State.UNKNOWN) {
                violations.add("O7 still undecided: " + attempt);
            } else if (attempt.state() == Attempt.State.POSTED) {
                expected.put(attempt.id, attempt);
            }
        }
        Map<String, Integer> payerSides = new HashMap<>();
        Map<String, Integer> payeeSides = new HashMap<>();
        for (int wallet = 0; wallet < observed.histories().size(); wallet++) {
            long previous = Long.MAX_VALUE;
            for (Movement movement : observed.histories().get(wallet)) {
                if (movement.sequence() > previous) {
                    violations.add("O6 history of wallet " + wallet + " is not in order at " + movement);
                }
                previous = movement.sequence();
                (movement.from() == wallet ? payerSides : payeeSides).merge(movement.id(), 1, Integer::sum);
                checkMovement(wallet, movement, expected.get(movement.id()));
            }
        }
        for (Attempt attempt : expected.values()) {
            int payer = payerSides.getOrDefault(attempt.id, 0);
            int payee = payeeSides.getOrDefault(attempt.id, 0);
            if (payee != 1 || payer != (attempt.from == Attempt.ISSUANCE ? 0 : 1)) {
                violations.add("O1 acknowledged but in the histories " + payer + " times as payer's and " + payee
                        + " times as payee's: " + attempt);
            }
        }
    }

    private void checkMovement(int wallet, Movement movement, Attempt attempt) {
        if (attempt == null) {
            violations.add("O2 nobody was told that this was posted: " + movement);
        } else if (movement.sequence() != attempt.sequence()
                || movement.from() != attempt.from
                || movement.to() != attempt.to
                || movement.amount() != attempt.amount
                || !movement.status().equals("posted")) {
            violations.add("O1 history of wallet " + wallet + " has " + movement + ", acknowledged was " + attempt
                    + " with sequence " + attempt.sequence());
        }
    }

    /** O1 for refusals: the reason is remembered. What was not accepted is unknown. */
    private void checkRefusals(Collection<Attempt> attempts, Observation observed) {
        for (Attempt attempt : attempts) {
            String remembered = observed.remembered().get(attempt.id);
            if (attempt.state() == Attempt.State.REFUSED && !attempt.code().equals(remembered)) {
                violations.add("O1 refused with " + attempt.code() + " but now " + remembered + ": " + attempt);
            }
            if (attempt.state() == Attempt.State.NOT_ACCEPTED && remembered != null) {
                violations.add("O2 answered 503 but there as " + remembered + ": " + attempt);
            }
        }
    }

    /** O4, O5: nobody is below zero, and everybody has what the acknowledged transfers add up to. */
    private void checkBalances(Collection<Attempt> attempts, Observation observed) {
        long[] sums = new long[observed.balances().size()];
        for (Attempt attempt : attempts) {
            if (attempt.state() == Attempt.State.POSTED) {
                sums[attempt.to] = Math.addExact(sums[attempt.to], attempt.amount);
                if (attempt.from != Attempt.ISSUANCE) {
                    sums[attempt.from] = Math.subtractExact(sums[attempt.from], attempt.amount);
                }
            }
        }
        for (int wallet = 0; wallet < sums.length; wallet++) {
            Balance balance = observed.balances().get(wallet);
            if (balance.available() < 0 || balance.total() < 0) {
                violations.add("O4 wallet " + wallet + " is below zero: " + balance);
            }
            if (balance.total() != sums[wallet] || balance.available() != sums[wallet]) {
                violations.add("O5 wallet " + wallet + " should have " + sums[wallet] + " but has " + balance);
            }
        }
    }

    /** O3: what all accounts of a token owe and own is the same. */
    private void checkTrialBalance(Observation observed) {
        violations.addAll(trialBalanceViolations(observed.differences()));
    }

    static List<String> trialBalanceViolations(Map<String, String> differences) {
        List<String> found = new ArrayList<>();
        if (!differences.containsKey(Credits.TOKEN)) {
            found.add("O3 the trial balance does not name " + Credits.TOKEN);
        }
        differences.forEach((token, difference) -> {
            if (!difference.equals("0")) {
                found.add("O3 the trial balance of " + token + " is off by " + difference);
            }
        });
        return found;
    }

    /** O6: no sequence was given twice but to the items of a batch, and one connection's answers, which came in turn, have growing ones. */
    private void checkSequences(Collection<Attempt> attempts) {
        Map<Integer, Long> lastOfLane = new HashMap<>();
        Map<Long, Integer> batchOfSequence = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Attempt attempt : attempts) {
            if (!ids.add(attempt.id)) {
                throw new IllegalArgumentException("the test used an id twice: " + attempt);
            }
            if (attempt.state() != Attempt.State.POSTED) {
                continue;
            }
            Integer other = batchOfSequence.put(attempt.sequence(), attempt.batch);
            if (attempt.sequence() < 1 || (other != null && (other == 0 || other != attempt.batch))) {
                violations.add("O6 sequence " + attempt.sequence() + " is not one of its own: " + attempt);
            }
            Long previous = lastOfLane.put(attempt.lane, attempt.sequence());
            if (previous != null && previous >= attempt.sequence()) {
                violations.add("O6 sequence " + attempt.sequence() + " after " + previous + ": " + attempt);
            }
        }
    }
}
