package io.scrip.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stacks that were sampled, each with the weight of all its samples: a number of samples, or of bytes. Frames run from
 * the outermost to the innermost. Belongs to one thread.
 */
final class Stacks {
    private static final char BETWEEN_FRAMES = ';';

    /** By frames with a semicolon between them, which no frame has in it. */
    private final Map<String, Long> weights = new TreeMap<>();

    private long total;

    /** One line of a table. */
    record Share(String name, long weight) {}

    /** A sample; a stack without frames is counted under no name. */
    void add(List<String> frames, long weight) {
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is not negative: " + weight);
        }
        StringBuilder line = new StringBuilder();
        for (String frame : frames) {
            line.append(line.length() == 0 ? "" : BETWEEN_FRAMES).append(frame.replace(BETWEEN_FRAMES, ','));
        }
        weights.merge(line.toString(), weight, Long::sum);
        total += weight;
    }

    long total() {
        return total;
    }

    boolean isEmpty() {
        return total == 0;
    }

    /** One stack a line, frames with semicolons between them, a blank and the weight: what other tools read, too. */
    String collapsed() {
        StringBuilder text = new StringBuilder();
        weights.forEach(
                (line, weight) -> text.append(line).append(' ').append(weight).append('\n'));
        return text.toString();
    }

    /** The innermost frames without their packages, each behind what its outermost is called, the heaviest first. */
    List<Share> innermostByThread(UnaryOperator<String> threadName, int most) {
        return heaviest(
                most,
                frames -> frames.length == 0
                        ? ""
                        : threadName.apply(frames[0]) + ": "
                                + FlameGraph.shortened(frames[frames.length - 1], Integer.MAX_VALUE));
    }

    /**
     * The innermost frames, each with the innermost of the frames that begin so and led there, the heaviest first; a
     * stack without such a frame counts for its innermost frame and its outermost.
     */
    List<Share> sites(String prefix, int most) {
        return heaviest(most, frames -> {
            if (frames.length == 0) {
                return "";
            }
            String site = frames[0];
            for (int i = frames.length - 2; i >= 0; i--) {
                if (frames[i].startsWith(prefix)) {
                    site = FlameGraph.shortened(frames[i], Integer.MAX_VALUE);
                    break;
                }
            }
            return frames[frames.length - 1] + " in " + site;
        });
    }

    private List<Share> heaviest(int most, Function<String[], String> nameOf) {
        Map<String, Long> byName = new HashMap<>();
        weights.forEach((line, weight) -> byName.merge(nameOf.apply(frames(line)), weight, Long::sum));
        List<Share> shares = new ArrayList<>();
        byName.forEach((name, weight) -> shares.add(new Share(name, weight)));
        shares.sort(Comparator.comparingLong(Share::weight).reversed().thenComparing(Share::name));
        return shares.subList(0, Math.min(most, shares.size()));
    }

    /** All of them as a tree; its root has no name. */
    Node tree() {
        Node root = new Node("");
        weights.forEach((line, weight) -> {
            Node node = root;
            node.weight += weight;
            for (String frame : frames(line)) {
                node = node.children.computeIfAbsent(frame, Node::new);
                node.weight += weight;
            }
        });
        return root;
    }

    private static String[] frames(String line) {
        return line.isEmpty() ? new String[0] : line.split(";", -1);
    }

    /** A frame under the frames that called it, with the weight of all that it called. */
    static final class Node {
        private final String name;
        /** In the order of their names, so that two drawings of the same are the same. */
        private final Map<String, Node> children = new TreeMap<>();

        private long weight;

        private Node(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        long weight() {
            return weight;
        }

        Iterable<Node> children() {
            return children.values();
        }
    }
}
