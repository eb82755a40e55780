package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a careful client does about batches after a crash. One that was not answered is there whole or not at all (O7):
 * all items are asked for, then every second batch is sent again as it was; the others are left to {@link Retries}, which
 * sends them item by item. One that was answered gets its first answer again, whole and each item by itself (O1).
 */
final class BatchRetries {
    private static final int SENT_SINGLY_ONE_IN = 100;

    private final InetSocketAddress server;
    private final Requests requests;
    private final int connections;
    private final AtomicInteger appliedBefore = new AtomicInteger();
    private final AtomicInteger wholeBefore = new AtomicInteger();
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());

    BatchRetries(InetSocketAddress server, Requests requests, int connections) {
        this.server = server;
        this.requests = requests;
        this.connections = connections;
    }

    /** Looks at the batches among attempts that were never answered, and decides half of them. */
    List<String> decide(List<Attempt> unknown, AttemptLog log) throws IOException, InterruptedException {
        List<List<Attempt>> batches = batchesOf(unknown);
        Parallel.forEach(batches.size(), server, connections, (connection, index) -> {
            List<Attempt> items = batches.get(index);
            long[] sequences = new long[items.size()];
            int there = lookUp(connection, items, sequences);
            boolean isWhole = there == items.size();
            if (isWhole) {
                wholeBefore.incrementAndGet();
            } else if (there > 0) {
                violations.add("O7 of a batch there are " + there + " of " + items.size() + " items: " + items.get(0));
            }
            if (items.get(0).batch % 2 == 0) {
                appliedBefore.addAndGet(there);
                sendAgain(connection, items, sequences, isWhole);
                log.note(items);
            }
        });
        return take();
    }

    /** By the number of the batch; what was sent by itself is left out. */
    static List<List<Attempt>> batchesOf(List<Attempt> attempts) {
        Map<Integer, List<Attempt>> batches = new LinkedHashMap<>();
        for (Attempt attempt : attempts) {
            if (attempt.batch != 0) {
                batches.computeIfAbsent(attempt.batch, number -> new ArrayList<>())
                        .add(attempt);
            }
        }
        return List.copyOf(batches.values());
    }

    /** How many are there. */
    private int lookUp(HttpConnection connection, List<Attempt> items, long[] sequences) throws IOException {
        int there = 0;
        for (int item = 0; item < sequences.length; item++) {
            Answer answer = requests.lookUp(connection, items.get(item));
            if (answer.status() == 200) {
                there++;
                sequences[item] = Requests.sequence(answer);
            }
        }
        return there;
    }

    private void sendAgain(HttpConnection connection, List<Attempt> items, long[] sequences, boolean isWhole)
            throws IOException {
        Answer again = requests.sendBatch(connection, items);
        String wrong = Requests.decideBatch(items, again);
        if (wrong != null) {
            violations.add("O7 " + wrong);
        } else if (again.replayed() != isWhole) {
            violations.add("O7 a batch was " + (isWhole ? "" : "not ") + "there, sent again it was replayed="
                    + again.replayed() + ": " + items.get(0));
        }
        for (int item = 0; item < sequences.length; item++) {
            Attempt attempt = items.get(item);
            if (sequences[item] != 0
                    && attempt.state() == Attempt.State.POSTED
                    && attempt.sequence() != sequences[item]) {
                violations.add("O7 had sequence " + sequences[item] + " before its batch was sent again with "
                        + attempt.sequence() + ": " + attempt);
            }
        }
    }

    /** Sends answered ones again, and a few of their items by themselves. */
    List<String> compare(List<LargeBatch> answered) throws IOException, InterruptedException {
        Parallel.forEach(answered.size(), server, connections, (connection, index) -> {
            LargeBatch batch = answered.get(index);
            String wrong = differenceFromFirst(batch, requests.sendBatch(connection, batch.items()));
            if (wrong != null) {
                violations.add("O1 " + wrong);
            }
            for (int item = 0; item < batch.items().size(); item += SENT_SINGLY_ONE_IN) {
                Attempt attempt = batch.items().get(item);
                String wrongItem = Retries.differenceFromFirst(attempt, requests.send(connection, attempt));
                if (wrongItem != null) {
                    violations.add("O1 an item of a batch " + wrongItem);
                }
            }
        });
        return take();
    }

    /** {@code null} when the answer to a repetition is the first answer, marked as replayed. */
    static String differenceFromFirst(LargeBatch batch, Answer answer) {
        String what = "a batch of " + batch.items().size() + " sent again: "
                + batch.items().get(0) + ": ";
        if (answer.status() != 200 || !answer.replayed()) {
            return what + "answered " + answer.status() + ", replayed=" + answer.replayed() + ": " + answer.shortened();
        }
        return batch.answer().equals(answer.body()) ? null : what + "another body: " + answer.shortened();
    }

    /** Batches without an answer that were there as a whole. */
    int wholeBefore() {
        return wholeBefore.get();
    }

    /** Of the items that were decided here, those that were in the journal before. */
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
}
