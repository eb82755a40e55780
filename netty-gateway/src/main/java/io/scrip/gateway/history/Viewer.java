package io.scrip.gateway.history;

import io.scrip.protocol.Role;

/**
 * Who is looking, which decides whose balances an answer shows.
 *
 * @param wallet the viewer's wallet; 0 unless the role is WALLET
 */
public record Viewer(Role role, long wallet) {
    /** The operator reads everything. */
    public static final Viewer OPERATOR = new Viewer(Role.OPERATOR, 0);

    public Viewer {
        if (role == Role.WALLET ? wallet <= 0 : wallet != 0) {
            throw new IllegalArgumentException("a wallet's viewer has a wallet, and nobody else has");
        }
    }

    /** A wallet's own key. */
    public static Viewer ofWallet(long wallet) {
        return new Viewer(Role.WALLET, wallet);
    }

    /** Whether the balances of that wallet's accounts may be shown. */
    public boolean maySeeBalancesOf(long someWallet) {
        return role != Role.WALLET || wallet == someWallet;
    }
}
