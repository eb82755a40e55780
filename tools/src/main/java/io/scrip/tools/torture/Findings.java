package io.scrip.tools.torture;

import java.util.ArrayList;
import java.util.List;

/** What was done to a ledger and what was found. Filled by one thread. */
final class Findings {
    private final List<Long> startsNs = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long posted;
    private long refused;
    private long notAccepted;
    private long unanswered;
    private long unansweredApplied;
    private long batchesUnanswered;
    private long batchesWhole;
    private long repeated;
    private long compared;

    void started(long tookNs) {
        startsNs.add(tookNs);
    }

    void violation(String found) {
        violations.add(found);
    }

    void violations(List<String> found) {
        violations.addAll(found);
    }

    void repeated(long count) {
        repeated += count;
    }

    void compared(long count) {
        compared += count;
    }

    void decided(long count, long appliedBefore) {
        unanswered += count;
        unansweredApplied += appliedBefore;
    }

    void batches(long count, long wholeBefore) {
        batchesUnanswered += count;
        batchesWhole += wholeBefore;
    }

    /** Counts how the attempts of one ledger ended, when all is over. */
    void count(List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            switch (attempt.state()) {
                case POSTED -> posted++;
                case REFUSED -> refused++;
                case NOT_ACCEPTED -> notAccepted++;
                case UNKNOWN -> violations.add("O7 never decided: " + attempt);
            }
        }
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    long posted() {
        return posted;
    }

    long refused() {
        return refused;
    }

    long notAccepted() {
        return notAccepted;
    }

    /** Without an answer when the server ended. */
    long unanswered() {
        return unanswered;
    }

    /** Of those, the ones that were in the journal. */
    long unansweredApplied() {
        return unansweredApplied;
    }

    /** Batches without an answer when the server ended. */
    long batchesUnanswered() {
        return batchesUnanswered;
    }

    /** Of those, the ones that were in the journal, all items of them. */
    long batchesWhole() {
        return batchesWhole;
    }

    /** Sent again under load. */
    long repeated() {
        return repeated;
    }

    /** Sent again after a restart. */
    long compared() {
        return compared;
    }

    int starts() {
        return startsNs.size();
    }

    /** 99 of 100 starts were not slower. */
    double startP99Seconds() {
        List<Long> sorted = startsNs.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1) / 1e9;
    }

    double slowestStartSeconds() {
        return startsNs.stream().mapToLong(Long::longValue).max().orElse(0) / 1e9;
    }
}
