package io.scrip.testkit;

/** The core, or what was left of it after a crash, is not what the model says it must be. */
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
        super(message);
    }

    static void when(boolean differs, String message) {
        if (differs) {
            throw new Mismatch(message);
        }
    }

    /** Both values in the message, one below the other. */
    static void unlessEqual(Object expected, Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new Mismatch(what + "\n  model " + expected + "\n  core  " + actual);
        }
    }
}
