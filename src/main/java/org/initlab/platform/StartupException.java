package org.initlab.platform;

/** The service cannot start for a reason that its operator can fix; printed without a stack trace. */
public class StartupException extends RuntimeException {
    private final String action;

    /**
     * @param message what is wrong
     * @param action what to do about it
     */
    public StartupException(String message, String action) {
        this(message, action, null);
    }

    /**
     * @param message what is wrong
     * @param action what to do about it
     * @param cause what was thrown
     */
    public StartupException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}
