package io.scrip.ledger;

import io.scrip.protocol.LotCategory;

/**
 * Value with terms: what was granted with a category, a priority, a time from which and until which it is good, and a
 * time from which it may be turned into cash. Everything else in an account is <em>plain</em>.
 *
 * <p>All lots lie in one treap ordered by owner and burn-down order, so that the next lot to burn of any account is
 * found in a few steps. An owner is an account's lots that are good now, an account's lots that are not good yet, or
 * the lots a hold has set aside.
 *
 * <pre>
 *   owner:  kind (2 bits) above row (32 bits)
 *   order:  owner · priority · earliest expiry (never last) · promotional before paid · earliest effective · oldest
 * </pre>
 *
 * <p>The treap is a search tree by that order and a heap by a hash of the lot's number, which keeps it flat whatever
 * the order of insertion (Seidel and Aragon, 1996); the hash makes its shape the same on every machine.
 */
final class Lots {
    /** Kinds of owners. */
    static final int GOOD = 0;

    static final int NOT_YET = 1;
    static final int HELD = 2;

    static final long NEVER = Long.MAX_VALUE;
    /** Where plain value stands in the burn-down order. */
    static final int PLAIN_PRIORITY = 128;

    private static final int OWNER = 0;
    private static final int AMOUNT = 1;
    private static final int CATEGORY_AND_PRIORITY = 2;
    private static final int EFFECTIVE = 3;
    private static final int EXPIRES = 4;
    private static final int CONVERTIBLE_FROM = 5;
    private static final int NUMBER = 6;
    private static final int LEFT = 7;
    private static final int RIGHT = 8;
    private static final int DEADLINE = 9;
    private static final int EVENT = 10;
    /** Place among the deadlines, -1 without one; next in the free list when unused. */
    private static final int PLACE = 11;

    private static final int COLUMNS = 12;

    private static final int ROOT = 0;
    private static final int FREE_HEAD = 1;
    private static final int USED_ROWS = 2;
    private static final int NEXT_NUMBER = 3;
    private static final int COUNTERS = 4;
    private static final int NONE = -1;

    private final RowTable table;
    private final RowTable counters;
    private final DeadlineHeap deadlines;
    private int splitLow;
    private int splitHigh;

    Lots(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        counters = RowTable.ofFewRows(COUNTERS, undo);
        deadlines = new DeadlineHeap(table, DEADLINE, EVENT, NUMBER, PLACE, undo);
        counters.append();
        counters.setForGood(0, ROOT, NONE);
        counters.setForGood(0, FREE_HEAD, NONE);
    }

    /** Adds a lot; when one of the same owner and terms is there, that one grows instead. */
    int add(int kind, int ownerRow, LotTerms terms, long amount, long eventSequence) {
        long owner = owner(kind, ownerRow);
        int row = allocate();
        table.set(row, OWNER, owner);
        table.set(row, AMOUNT, amount);
        table.set(row, CATEGORY_AND_PRIORITY, (terms.category.value() << 8L) | terms.priority);
        table.set(row, EFFECTIVE, terms.effectiveNs);
        table.set(row, EXPIRES, terms.expiresNs);
        table.set(row, CONVERTIBLE_FROM, terms.convertibleFromNs);
        table.set(row, NUMBER, counter(NEXT_NUMBER));
        table.set(row, LEFT, NONE);
        table.set(row, RIGHT, NONE);
        table.set(row, EVENT, eventSequence);
        table.set(row, PLACE, NONE);
        int like = alike(row);
        if (like != NONE) {
            table.set(like, AMOUNT, amount(like) + amount);
            free(row);
            return like;
        }
        counters.set(0, NEXT_NUMBER, counter(NEXT_NUMBER) + 1L);
        long deadline = kind == NOT_YET ? terms.effectiveNs : kind == GOOD ? terms.expiresNs : NEVER;
        table.set(row, DEADLINE, deadline);
        if (deadline != NEVER) {
            deadlines.add(row);
        }
        counters.set(0, ROOT, insert(counter(ROOT), row));
        return row;
    }

    /** Takes part of a lot, or all of it and the lot with it. */
    void take(int row, long amount) {
        if (amount > amount(row)) {
            throw new LedgerFault("more taken of lot row " + row + " than it holds");
        }
        if (amount < amount(row)) {
            table.set(row, AMOUNT, amount(row) - amount);
            return;
        }
        counters.set(0, ROOT, remove(counter(ROOT), row));
        if (table.get(row, DEADLINE) != NEVER) {
            deadlines.remove(row);
        }
        free(row);
    }

    /** First lot in burn-down order, -1 without any. */
    int first(int kind, int ownerRow) {
        long owner = owner(kind, ownerRow);
        int found = NONE;
        int node = counter(ROOT);
        while (node != NONE) {
            if (table.get(node, OWNER) >= owner) {
                found = node;
                node = left(node);
            } else {
                node = right(node);
            }
        }
        return found != NONE && table.get(found, OWNER) == owner ? found : NONE;
    }

    /** The lot of the same owner after this one, -1 after the last. */
    int next(int row) {
        int found = NONE;
        int node = counter(ROOT);
        while (node != NONE) {
            if (compare(node, row) > 0) {
                found = node;
                node = left(node);
            } else {
                node = right(node);
            }
        }
        return found != NONE && table.get(found, OWNER) == table.get(row, OWNER) ? found : NONE;
    }

    /** Whether plain value burns before this lot. */
    boolean isAfterPlain(int row) {
        int priority = priority(row);
        if (priority != PLAIN_PRIORITY) {
            return priority > PLAIN_PRIORITY;
        }
        return expiresNs(row) == NEVER && category(row) == LotCategory.PAID;
    }

    void copyTerms(int row, LotTerms target) {
        target.set(category(row), priority(row), effectiveNs(row), expiresNs(row), convertibleFromNs(row));
    }

    /** A deadline that cannot be kept is dropped: the lot stays as it is. */
    void dropDeadline(int row) {
        deadlines.remove(row);
        table.set(row, DEADLINE, NEVER);
        table.set(row, PLACE, NONE);
    }

    DeadlineHeap deadlines() {
        return deadlines;
    }

    int kind(int row) {
        return (int) (table.get(row, OWNER) >>> 32);
    }

    int ownerRow(int row) {
        return (int) table.get(row, OWNER);
    }

    long amount(int row) {
        return table.get(row, AMOUNT);
    }

    LotCategory category(int row) {
        return LotCategory.get((short) (table.get(row, CATEGORY_AND_PRIORITY) >>> 8));
    }

    int priority(int row) {
        return (int) table.get(row, CATEGORY_AND_PRIORITY) & 0xFF;
    }

    long effectiveNs(int row) {
        return table.get(row, EFFECTIVE);
    }

    long expiresNs(int row) {
        return table.get(row, EXPIRES);
    }

    long convertibleFromNs(int row) {
        return table.get(row, CONVERTIBLE_FROM);
    }

    RowTable table() {
        return table;
    }

    RowTable counters() {
        return counters;
    }

    private static long owner(int kind, int ownerRow) {
        return ((long) kind << 32) | ownerRow;
    }

    /**
     * A lot with the same owner and terms, -1 without one. When a lot may be turned into cash is no part of the order:
     * those that differ in nothing else stand side by side, and are looked at one by one.
     */
    private int alike(int row) {
        int found = NONE;
        int node = counter(ROOT);
        while (node != NONE) {
            if (compareTerms(node, row) >= 0) {
                found = node;
                node = left(node);
            } else {
                node = right(node);
            }
        }
        while (found != NONE && compareTerms(found, row) == 0) {
            if (convertibleFromNs(found) == convertibleFromNs(row)) {
                return found;
            }
            found = next(found);
        }
        return NONE;
    }

    private int compare(int a, int b) {
        int terms = compareTerms(a, b);
        return terms != 0 ? terms : Long.compare(table.get(a, NUMBER), table.get(b, NUMBER));
    }

    private int compareTerms(int a, int b) {
        int order = Long.compare(table.get(a, OWNER), table.get(b, OWNER));
        if (order == 0) {
            order = Integer.compare(priority(a), priority(b));
        }
        if (order == 0) {
            order = Long.compare(expiresNs(a), expiresNs(b));
        }
        if (order == 0) {
            // Promotional stands above paid in the enum, and burns first.
            order = Integer.compare(category(b).value(), category(a).value());
        }
        return order != 0 ? order : Long.compare(effectiveNs(a), effectiveNs(b));
    }

    private long heapKey(int row) {
        return Hashing.mix(table.get(row, NUMBER), 1);
    }

    private int insert(int node, int row) {
        if (node == NONE) {
            return row;
        }
        if (heapKey(row) > heapKey(node)) {
            split(node, row);
            table.set(row, LEFT, splitLow);
            table.set(row, RIGHT, splitHigh);
            return row;
        }
        if (compare(row, node) < 0) {
            table.set(node, LEFT, insert(left(node), row));
        } else {
            table.set(node, RIGHT, insert(right(node), row));
        }
        return node;
    }

    private void split(int node, int row) {
        if (node == NONE) {
            splitLow = NONE;
            splitHigh = NONE;
        } else if (compare(node, row) < 0) {
            split(right(node), row);
            table.set(node, RIGHT, splitLow);
            splitLow = node;
        } else {
            split(left(node), row);
            table.set(node, LEFT, splitHigh);
            splitHigh = node;
        }
    }

    private int remove(int node, int row) {
        if (node == NONE) {
            throw new LedgerFault("lot row " + row + " is not in its tree");
        }
        if (node == row) {
            return merge(left(node), right(node));
        }
        if (compare(row, node) < 0) {
            table.set(node, LEFT, remove(left(node), row));
        } else {
            table.set(node, RIGHT, remove(right(node), row));
        }
        return node;
    }

    private int merge(int low, int high) {
        if (low == NONE || high == NONE) {
            return low == NONE ? high : low;
        }
        if (heapKey(low) > heapKey(high)) {
            table.set(low, RIGHT, merge(right(low), high));
            return low;
        }
        table.set(high, LEFT, merge(low, left(high)));
        return high;
    }

    private int allocate() {
        int free = counter(FREE_HEAD);
        if (free != NONE) {
            counters.set(0, FREE_HEAD, table.get(free, PLACE));
            return free;
        }
        int row = counter(USED_ROWS);
        counters.set(0, USED_ROWS, row + 1L);
        if (table.rows() == row) {
            table.append();
        }
        return row;
    }

    private void free(int row) {
        table.set(row, AMOUNT, 0);
        table.set(row, PLACE, counter(FREE_HEAD));
        counters.set(0, FREE_HEAD, row);
    }

    private int left(int row) {
        return (int) table.get(row, LEFT);
    }

    private int right(int row) {
        return (int) table.get(row, RIGHT);
    }

    private int counter(int column) {
        return (int) counters.get(0, column);
    }
}
