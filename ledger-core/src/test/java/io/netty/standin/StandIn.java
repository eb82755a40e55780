package io.netty.standin;

/** Lies in Netty's package, so that a house rule can be seen to forbid what this module must not even have. */
public final class StandIn {
    private StandIn() {}

    /** Something to call. */
    public static int answer() {
        return 42;
    }
}
