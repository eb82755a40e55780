package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a careful client does after a crash: asks for the id, sends the same again, asks once more. All three must
 * tell the same story (O7), and an acknowledged one must get its first answer again (O1).
 */
final class Retries {
    private final InetSocketAddress server;
    private final Requests requests;
    private final int connections;
    private final AtomicInteger appliedBefore = new AtomicInteger();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    Retries(InetSocketAddress server, Requests requests, int connections) {
        this.server = server;
        this.requests = requests;
        this.connections = connections;
    }

    /** Decides attempts that were never answered; returns what went wrong. */
    List<String> decide(List<Attempt> unknown, AttemptLog log) throws IOException, InterruptedException {
        Parallel.forEach(unknown.size(), server, connections, (connection, index) -> {
            Attempt attempt = unknown.get(index);
            Answer before = requests.lookUp(connection, attempt);
            if (before.status() == 200) {
                appliedBefore.incrementAndGet();
            }
            Answer again = requests.send(connection, attempt);
            String wrong = Requests.decide(attempt, again, true);
            if (wrong != null) {
                violations.add("O7 " + wrong);
            } else if (again.replayed() != (before.status() == 200)) {
                violations.add("O7 asked first: " + before.status() + ", sent again: " + again.status() + " replayed="
                        + again.replayed() + ": " + attempt);
            } else if (before.status() == 200
                    && attempt.state() == Attempt.State.POSTED
                    && Requests.sequence(before) != attempt.sequence()) {
                violations.add("O7 had sequence " + Requests.sequence(before) + " before it was sent again with "
                        + attempt.sequence() + ": " + attempt);
            }
            log.note(attempt);
        });
        return take();
    }

    /** Sends answered ones again and compares the answers with the first. */
    List<String> compare(List<Attempt> answered) throws IOException, InterruptedException {
        Parallel.forEach(answered.size(), server, connections, (connection, index) -> {
            String wrong = differenceFromFirst(answered.get(index), requests.send(connection, answered.get(index)));
            if (wrong != null) {
                violations.add("O1 " + wrong);
            }
        });
        return take();
    }

    /** How many of the undecided were in the journal before they were sent again. */
    int appliedBefore() {
        return appliedBefore.get();
    }

    private List<String> take() {
        synchronized (violations) {
            List<String> taken = List.copyOf(violations);
            violations.clear();
            return taken;
        }
    }

    /** {@code null} when the answer to a repetition is the first answer, marked as replayed. */
    static String differenceFromFirst(Attempt attempt, Answer answer) {
        if (answer.status() != attempt.status()) {
            return "sent again, answered " + answer.status() + " instead of " + attempt.status() + ": " + attempt + ": "
                    + answer.shortened();
        }
        if (!answer.replayed()) {
            return "sent again, not marked as replayed: " + attempt;
        }
        if (attempt.state() == Attempt.State.POSTED && Requests.sequence(answer) != attempt.sequence()) {
            return "sent again, another sequence than " + attempt.sequence() + ": " + attempt + ": "
                    + answer.shortened();
        }
        if (attempt.body() == null) {
            return null;
        }
        return attempt.body().equals(answer.body())
                ? null
                : "sent again, another body: " + attempt + ": first " + attempt.body() + ", now " + answer.body();
    }
}
