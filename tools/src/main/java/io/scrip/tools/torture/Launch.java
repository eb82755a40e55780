package io.scrip.tools.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a server is started: what stands before its command, what is added to its environment, which arguments follow.
 *
 * @param wrapper     a tracer and its arguments, empty for none; the process it is started with must be the server's
 * @param environment added to this process's own
 * @param arguments   of the server
 */
record Launch(List<String> wrapper, Map<String, String> environment, List<String> arguments) {
    /** As a user starts it. */
    static final Launch PLAIN = new Launch(List.of(), Map.of(), List.of());

    Launch {
        wrapper = List.copyOf(wrapper);
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /** Below a tracer such as {@code strace}. */
    static Launch wrapped(List<String> wrapper) {
        return new Launch(wrapper, Map.of(), List.of());
    }

    /** With more in its environment, such as a preloaded library. */
    static Launch with(Map<String, String> environment) {
        return new Launch(List.of(), environment, List.of());
    }

    /** The same with more arguments. */
    Launch and(String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return new Launch(wrapper, environment, all);
    }
}
