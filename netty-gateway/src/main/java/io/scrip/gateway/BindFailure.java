package io.scrip.gateway;

/** The gateway could not listen where it was told to. The message is one line for an operator. */
public final class BindFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean portInUse;

    BindFailure(String message, boolean portInUse, Throwable cause) {
        super(message, cause);
        this.portInUse = portInUse;
    }

    /** Whether another process has the port. */
    public boolean isPortInUse() {
        return portInUse;
    }
}
