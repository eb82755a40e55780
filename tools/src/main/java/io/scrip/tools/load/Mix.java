package io.scrip.tools.load;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How often each operation is sent: {@code transfer=80,hold=10,balance=10}. Immutable. */
// The weights stand in the order of the operations, which are nowhere stored.
@SuppressWarnings("EnumOrdinal")
public final class Mix {
    private static final Operation[] ALL = Operation.values();
    private static final int MOST = 1_000_000;

    /** Nothing but transfers. */
    public static final Mix TRANSFERS = parse("transfer=1");

    private final int[] weights;
    private final int sum;

    private Mix(int[] weights) {
        this.weights = weights;
        sum = Arrays.stream(weights).sum();
    }

    /** Reads {@code name=weight,…}; throws with what is wrong. */
    public static Mix parse(String text) {
        int[] weights = new int[ALL.length];
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String word = equals < 0 ? part : part.substring(0, equals);
            Operation operation = operation(word.strip());
            if (weights[operation.ordinal()] != 0) {
                throw new IllegalArgumentException("--mix names " + operation.word() + " twice");
            }
            weights[operation.ordinal()] =
                    equals < 0 ? 1 : weight(part.substring(equals + 1).strip(), operation);
        }
        return new Mix(weights);
    }

    private static Operation operation(String word) {
        for (Operation operation : ALL) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("--mix knows "
                + Arrays.stream(ALL).map(Operation::word).collect(Collectors.joining(", ")) + ", not \"" + word + "\"");
    }

    private static int weight(String text, Operation operation) {
        int weight = 0;
        try {
            weight = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "the weight of " + operation.word() + " in --mix is no whole number: \"" + text + "\"", notANumber);
        }
        if (weight < 1 || weight > MOST) {
            throw new IllegalArgumentException(
                    "the weight of " + operation.word() + " in --mix must be 1 to " + MOST + ", not " + weight);
        }
        return weight;
    }

    Operation pick(SplitMix random) {
        int left = random.nextInt(sum);
        for (Operation operation : ALL) {
            left -= weights[operation.ordinal()];
            if (left < 0) {
                return operation;
            }
        }
        throw new IllegalStateException("the weights do not add up to " + sum);
    }

    boolean has(Operation operation) {
        return weights[operation.ordinal()] > 0;
    }

    @Override
    public String toString() {
        return Arrays.stream(ALL)
                .filter(this::has)
                .map(operation -> operation.word() + "=" + weights[operation.ordinal()])
                .collect(Collectors.joining(","));
    }
}
