package io.scrip.tools.torture;

/**
 * One transfer the test asked for, and what it was told about it. Written by one thread at a time: by the worker
 * that sends it, later by the thread that checks.
 */
final class Attempt {
    /** The payer of money that enters the ledger. */
    static final int ISSUANCE = -1;

    /** What is known about an attempt. */
    enum State {
        /** Sent, no answer: applied or not, nobody knows yet. */
        UNKNOWN,
        /** Answered 201: must be there for ever, exactly once. */
        POSTED,
        /** Answered with a refusal of the ledger: must be remembered, and have moved nothing. */
        REFUSED,
        /** Answered 503: was not accepted and must not be there. */
        NOT_ACCEPTED
    }

    final String id;
    final int from;
    final int to;
    final long amount;
    /** Which connection of which round sent it; answers of one connection come one after the other. */
    final int lane;
    /** The batch it was sent in, whose items share a sequence; 0: by itself. */
    final int batch;

    private State state = State.UNKNOWN;
    private int status;
    private long sequence;
    private String code;
    private String body;

    Attempt(String id, int from, int to, long amount, int lane) {
        this(id, from, to, amount, lane, 0);
    }

    Attempt(String id, int from, int to, long amount, int lane, int batch) {
        this.id = id;
        this.from = from;
        this.to = to;
        this.amount = amount;
        this.lane = lane;
        this.batch = batch;
    }

    void posted(long atSequence, String answerBody) {
        decide(State.POSTED, 201, answerBody);
        sequence = atSequence;
    }

    void refused(int withStatus, String withCode, String answerBody) {
        decide(State.REFUSED, withStatus, answerBody);
        code = withCode;
    }

    void notAccepted() {
        decide(State.NOT_ACCEPTED, 503, null);
    }

    private void decide(State decided, int withStatus, String answerBody) {
        if (state != State.UNKNOWN) {
            throw new IllegalStateException(id + " is decided already: " + state);
        }
        state = decided;
        status = withStatus;
        body = answerBody;
    }

    State state() {
        return state;
    }

    int status() {
        return status;
    }

    /** Of the command in the journal; 0 unless posted. */
    long sequence() {
        return sequence;
    }

    /** Why it was refused; {@code null} otherwise. */
    String code() {
        return code;
    }

    /** The first answer's body when it was kept for comparison, else {@code null}. */
    String body() {
        return body;
    }

    @Override
    public String toString() {
        return id + " (" + from + " to " + to + ", " + Credits.text(amount) + " " + Credits.TOKEN + ", " + state + ")";
    }
}
