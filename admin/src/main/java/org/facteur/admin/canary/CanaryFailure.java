package org.facteur.admin.canary;

/** A round trip that ended before its end. */
final class CanaryFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final CanaryStep step;

    CanaryFailure(CanaryStep step, String why) {
        super(why);
        this.step = step;
    }

    CanaryFailure(CanaryStep step, Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.step = step;
    }

    /** What could not be done. */
    CanaryStep step() {
        return step;
    }
}
