package io.scrip.benchmarks;

import java.util.Locale;

/**
 * Stacks as a drawing: a box for each frame, as wide as its weight, standing on the frame that called it. A file of its
 * own without scripts; a browser shows a box's whole name when the pointer rests on it.
 */
final class FlameGraph {
    private static final int WIDTH = 1_200;
    private static final int MARGIN = 10;
    private static final int TOP = 44;
    private static final int ROW = 17;
    private static final int MOST_ROWS = 80;
    private static final double NARROWEST = 0.4;
    private static final double CHARACTER_WIDTH = 6.3;
    private static final int FEWEST_CHARACTERS = 3;

    private final StringBuilder svg = new StringBuilder();
    private final String unit;
    private final double scale;
    private final long total;
    private final int rows;

    private FlameGraph(Stacks.Node root, String unit) {
        this.unit = unit;
        total = root.weight();
        scale = total == 0 ? 0 : (WIDTH - 2.0 * MARGIN) / total;
        rows = Math.min(MOST_ROWS, depth(root));
    }

    /** The drawing; the unit is of the weights, such as "samples". */
    static String svg(String title, String unit, Stacks stacks) {
        Stacks.Node root = stacks.tree();
        return new FlameGraph(root, unit).draw(title, root);
    }

    private String draw(String title, Stacks.Node root) {
        int height = TOP + rows * ROW + MARGIN;
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"", WIDTH, height);
        add(" font-family=\"sans-serif\" font-size=\"11\">%n");
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, height);
        add("<text x=\"%d\" y=\"26\" font-size=\"16\">%s (%,d %s)</text>%n", MARGIN, escaped(title), total, unit);
        double x = MARGIN;
        for (Stacks.Node child : root.children()) {
            box(child, x, 0);
            x += child.weight() * scale;
        }
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private void box(Stacks.Node node, double x, int row) {
        double width = node.weight() * scale;
        if (width < NARROWEST || row >= rows) {
            return;
        }
        // The outermost frame at the bottom.
        int y = TOP + (rows - 1 - row) * ROW;
        add("<g><title>%s: %,d %s, ", escaped(node.name()), node.weight(), unit);
        add("%.1f %%</title>", 100.0 * node.weight() / total);
        add("<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"", x, y, Math.max(NARROWEST, width - 0.5), ROW - 1);
        add(" fill=\"%s\"/>", colour(node.name()));
        int characters = (int) ((width - 4) / CHARACTER_WIDTH);
        if (characters >= FEWEST_CHARACTERS) {
            add("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 2, y + ROW - 5, escaped(shortened(node.name(), characters)));
        }
        add("</g>%n");
        double childX = x;
        for (Stacks.Node child : node.children()) {
            box(child, childX, row + 1);
            childX += child.weight() * scale;
        }
    }

    /** Class and method, without packages, cut off at so many characters. */
    static String shortened(String name, int characters) {
        int method = name.lastIndexOf('.');
        int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
        String text = name.substring(type + 1);
        return text.length() <= characters ? text : text.substring(0, characters - 2) + "..";
    }

    private static int depth(Stacks.Node node) {
        int deepest = 0;
        for (Stacks.Node child : node.children()) {
            deepest = Math.max(deepest, 1 + depth(child));
        }
        return deepest;
    }

    /** Ours, the network's, the JDK's, everything else. */
    private static String colour(String name) {
        if (name.startsWith("io.scrip.")) {
            return "#f4a460";
        }
        if (name.startsWith("io.netty.")) {
            return "#8fbc8f";
        }
        if (name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("sun.")) {
            return "#b0c4de";
        }
        return "#d8d8d8";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
