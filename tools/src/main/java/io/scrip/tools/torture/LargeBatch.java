package io.scrip.tools.torture;

import java.util.List;

/**
 * A large batch that was answered, for comparison.
 *
 * @param answer the first answer's body
 */
record LargeBatch(List<Attempt> items, String answer) {
    LargeBatch {
        items = List.copyOf(items);
    }
}
