package io.scrip.tools;

import io.scrip.engine.KeyDirectory;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that may do what no wallet may: made or checked here, kept nowhere but with its owner. */
final class OperatorKey {
    static final String VARIABLE = "SCRIP_OPERATOR_KEY";

    private static final String PREFIX = "sk_operator_";
    private static final int RANDOM_LENGTH_BYTES = 32;
    private static final int MIN_LENGTH = 32;
    private static final int MAX_LENGTH = 128;

    private OperatorKey() {}

    /** A new key: 256 random bits behind the prefix. */
    static String make() {
        byte[] random = new byte[RANDOM_LENGTH_BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Refuses a key that could not be sent as a bearer token, is easily guessed by length, or looks like a wallet's. */
    static void check(String key) {
        if (key.length() < MIN_LENGTH || key.length() > MAX_LENGTH) {
            throw refuse("must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters, it has " + key.length());
        }
        if (!key.matches("[A-Za-z0-9._~+/=-]+")) {
            throw refuse("may hold letters, digits and . _ ~ + / = - only");
        }
        if (key.startsWith("sk_w_")) {
            throw refuse("looks like a wallet's key (sk_w_…)");
        }
    }

    /** Refuses a configured key that this ledger does not know, rather than to let its owner wonder about 401s. */
    static void requireKnown(String configured, KeyDirectory keys) {
        if (configured == null) {
            return;
        }
        long[] hash = Sha256.firstHalf(configured);
        if (!keys.isOperatorKey(hash[0], hash[1])) {
            throw new Refusal(
                    ExitCode.USAGE,
                    VARIABLE + " is not this ledger's operator key, which was set on its first start; unset it or set"
                            + " the right one");
        }
    }

    private static Refusal refuse(String why) {
        return new Refusal(ExitCode.USAGE, VARIABLE + " " + why + "; unset it and a good key is made and printed once");
    }
}
