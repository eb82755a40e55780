package io.scrip.testkit;

import java.util.List;

/** The core, or what was left of it after a crash, is not what the model says it must be. */
public final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Mismatch(String message, Throwable cause) {
        super(message, cause);
    }

    public Mismatch(String message) {
        super(message);
    }

    /** Both values in the message, one below the other; of lists the first element that differs. */
    public static void unlessEqual(Object expected, Object actual, String what, long number) {
        if (expected.equals(actual)) {
            return;
        }
        if (expected instanceof List<?> left && actual instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                unlessEqual(left.get(i), right.get(i), what + ", element " + i + " of", number);
            }
        }
        throw new Mismatch(what + " " + number + "\n  model " + expected + "\n  core  " + actual);
    }
}
