package io.scrip.ledger;

/** An invariant of the core is broken, or its host misuses it. Never a client's mistake; the process must halt. */
public final class LedgerFault extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public LedgerFault(String message) {
        super(message);
    }
}
