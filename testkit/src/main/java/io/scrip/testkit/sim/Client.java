package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;
import java.util.ArrayList;
import java.util.List;

/**
 * A client as it should be: it keeps what it has no answer to and sends it again with the same id, over restarts too,
 * and now and then what it has an answer to. It notices when two answers do not agree.
 */
final class Client {
    private static final int KEPT = 48;

    final List<Request> open = new ArrayList<>();
    private final List<Request> answered = new ArrayList<>();

    /** An old request to be sent again; null when there is none. */
    Request again(Chance chance) {
        if (!open.isEmpty() && (answered.isEmpty() || chance.below(4) > 0)) {
            return chance.pick(open);
        }
        return answered.isEmpty() ? null : chance.pick(answered);
    }

    void receive(Request request, List<Verdict> verdicts, Chance chance) {
        if (request.verdicts != null) {
            compare(request, verdicts);
            return;
        }
        request.verdicts = verdicts;
        open.remove(request);
        if (request.dryRun) {
            return;
        }
        if (answered.size() < KEPT) {
            answered.add(request);
        } else {
            answered.set(chance.below(KEPT), request);
        }
    }

    private static void compare(Request request, List<Verdict> now) {
        List<Verdict> first = request.verdicts;
        Violation.when(
                first.size() != now.size(),
                Check.SAME_OUTCOME,
                "a retry has " + now.size() + " results, the first try had " + first.size());
        for (int i = 0; i < now.size(); i++) {
            Verdict answer = now.get(i);
            if (!answer.replayed()) {
                continue;
            }
            Verdict before = first.get(i);
            // A later event: the id was forgotten in between, as retention has it, and decided anew.
            boolean same = answer.eventSequence() > before.eventSequence()
                    || (answer.eventSequence() == before.eventSequence() && answer.outcome() == before.outcome());
            int result = i;
            Violation.when(
                    !same,
                    Check.SAME_OUTCOME,
                    () -> "result " + result + " of a retry is a replay of " + answer + ", the first answer was "
                            + before);
        }
        request.verdicts = now;
    }
}
