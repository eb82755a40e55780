package io.scrip.testkit.sim;

import java.util.function.Supplier;

/** Something that must never happen has happened. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Check check;

    Violation(Check check, String message) {
        super(message);
        this.check = check;
    }

    Violation(Check check, Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.check = check;
    }

    Check check() {
        return check;
    }

    /** As below, where the words are for a check that is made often. */
    static void when(boolean broken, Check check, Supplier<String> message) {
        if (broken) {
            throw new Violation(check, message.get());
        }
    }

    static void when(boolean broken, Check check, String message) {
        if (broken) {
            throw new Violation(check, message);
        }
    }
}
