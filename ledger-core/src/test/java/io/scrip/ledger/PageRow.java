package io.scrip.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a page.
 *
 * @param line     its number, from 1
 * @param text     as written
 * @param verb     what is done or looked at
 * @param sentence what follows the verb in a row without columns
 * @param cells    the filled columns, and what the column {@code with} says
 * @param link     whether it is an item of the batch above, and linked to the next
 * @param parts    the legs of a {@code multi}, the items of a {@code batch}
 */
record PageRow(
        int line,
        String text,
        String verb,
        String sentence,
        Map<String, String> cells,
        Link link,
        List<PageRow> parts) {

    enum Link {
        ALONE,
        ITEM,
        LINKED_ITEM
    }

    String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    boolean has(String column) {
        return cells.containsKey(column);
    }

    String needed(String column) {
        if (!has(column)) {
            throw new IllegalArgumentException("'" + verb + "' needs a value for '" + column + "'");
        }
        return cell(column);
    }

    String or(String column, String otherwise) {
        return cells.getOrDefault(column, otherwise);
    }

    /** Reads a page's rows; each failure names its line. */
    static List<PageRow> read(String title, String text) {
        List<PageRow> rows = new ArrayList<>();
        List<String> columns = List.of();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                if (line.indexOf('|') < 0) {
                    rows.add(sentenceRow(i + 1, line));
                    continue;
                }
                List<String> values = split(line);
                if (values.get(0).equals("do")) {
                    columns = values;
                } else {
                    place(rows, row(i + 1, line, columns, values));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "page '" + title + "', line " + (i + 1) + ": " + e.getMessage() + "\n    " + line, e);
            }
        }
        return rows;
    }

    private static PageRow sentenceRow(int number, String line) {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        if (!PageVerbs.SENTENCES.contains(verb)) {
            throw new IllegalArgumentException("no sentence begins with '" + verb + "': " + PageVerbs.SENTENCES);
        }
        return new PageRow(number, line, verb, rest, Map.of(), Link.ALONE, List.of());
    }

    private static PageRow row(int number, String line, List<String> columns, List<String> values) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a row before the first line that names columns ('do | …')");
        }
        if (values.size() > columns.size()) {
            throw new IllegalArgumentException(values.size() + " cells under " + columns.size() + " columns");
        }
        String first = values.get(0);
        Link link = first.startsWith("- ") ? Link.ITEM : first.startsWith("& ") ? Link.LINKED_ITEM : Link.ALONE;
        String verb = link == Link.ALONE ? first : first.substring(2).strip();
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i).isEmpty()) {
                continue;
            }
            if (columns.get(i).equals("with")) {
                readWith(values.get(i), cells);
            } else {
                put(cells, columns.get(i), values.get(i));
            }
        }
        PageVerbs.check(verb, cells.keySet());
        return new PageRow(number, line, verb, "", cells, link, new ArrayList<>());
    }

    /** {@code timeout 5s, up to, if from available >= 40}: a key and its value each, or a word on its own. */
    private static void readWith(String text, Map<String, String> cells) {
        for (String part : text.split(",")) {
            String item = part.strip();
            if (PageVerbs.FLAGS.contains(item)) {
                put(cells, item, "yes");
            } else if (item.startsWith("if ")) {
                cells.merge("if", item.substring(3).strip(), (a, b) -> a + ";" + b);
            } else {
                int space = item.indexOf(' ');
                if (space < 0) {
                    throw new IllegalArgumentException("'" + item + "' is no flag and has no value");
                }
                put(cells, item.substring(0, space), item.substring(space + 1).strip());
            }
        }
    }

    private static void put(Map<String, String> cells, String key, String value) {
        if (cells.put(key, value) != null) {
            throw new IllegalArgumentException("'" + key + "' is given twice");
        }
    }

    /** Adds a row to the page, or to the row it is a part of. */
    private static void place(List<PageRow> rows, PageRow row) {
        PageRow last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        if (row.verb().equals("leg")) {
            PageRow item = last == null || last.parts().isEmpty()
                    ? null
                    : last.parts().get(last.parts().size() - 1);
            PageRow owner = item != null && last.verb().equals("batch") ? item : last;
            if (owner == null || !owner.verb().equals("multi")) {
                throw new IllegalArgumentException("a leg without a 'multi' above it");
            }
            for (int i = 0; i < Integer.parseInt(row.or("times", "1")); i++) {
                owner.parts().add(row);
            }
        } else if (row.link() == Link.ALONE) {
            rows.add(row);
        } else if (last == null || !last.verb().equals("batch")) {
            throw new IllegalArgumentException("an item without a 'batch' above it");
        } else {
            last.parts().add(row);
        }
    }

    private static List<String> split(String line) {
        List<String> values = new ArrayList<>();
        for (String value : line.split("\\|", -1)) {
            values.add(value.strip());
        }
        return values;
    }
}
