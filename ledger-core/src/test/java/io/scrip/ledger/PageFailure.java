package io.scrip.ledger;

/** What a row found wrong, in words; the page adds where. */
final class PageFailure extends AssertionError {
    private static final long serialVersionUID = 1L;

    PageFailure(String message) {
        super(message);
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new PageFailure(otherwise);
        }
    }
}
