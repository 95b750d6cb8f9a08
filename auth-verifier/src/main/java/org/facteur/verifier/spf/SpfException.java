package org.facteur.verifier.spf;

/** Ends an evaluation with temperror or permerror; it carries no stack trace, for it is the domain's fault or DNS's. */
final class SpfException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SpfStatus status;

    private SpfException(SpfStatus status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    static SpfException permanent(String reason) {
        return new SpfException(SpfStatus.PERMERROR, reason);
    }

    static SpfException temporary(String reason) {
        return new SpfException(SpfStatus.TEMPERROR, reason);
    }

    SpfStatus status() {
        return status;
    }
}
