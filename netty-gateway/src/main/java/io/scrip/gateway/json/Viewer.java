package io.scrip.gateway.json;

import io.scrip.protocol.Role;

/** Who is looking: the role and wallet of the API key (0 for the operator). Immutable. */
public record Viewer(Role role, long wallet) {

    /** The holder of an operator key. */
    public static final Viewer OPERATOR = new Viewer(Role.OPERATOR, WalletIds.NONE);

    /** The holder of a wallet's key. */
    public static Viewer ofWallet(long wallet) {
        return new Viewer(Role.WALLET, wallet);
    }

    /** Whether this key is of that wallet. */
    public boolean owns(long aWallet) {
        return role == Role.WALLET && wallet == aWallet;
    }

    /** Whether the balances and history of that wallet may be shown: to its owner, the operator and an auditor. */
    public boolean mayRead(long aWallet) {
        return owns(aWallet) || readsAll();
    }

    /** Whether everything may be shown. */
    public boolean readsAll() {
        return role == Role.OPERATOR || role == Role.AUDITOR;
    }
}
