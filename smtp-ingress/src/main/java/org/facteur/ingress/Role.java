package org.facteur.ingress;

/** What a listener is for. */
public enum Role {
    /** Mail from other servers to addresses here. */
    MX("smtp"),
    /** Mail from the platform's own users, STARTTLS before AUTH (RFC 6409). */
    SUBMISSION("submission"),
    /** The same with TLS from the first octet (RFC 8314). */
    SUBMISSIONS("submissions");

    private final String listener;

    Role(String listener) {
        this.listener = listener;
    }

    /** The listener's name in settings, metrics and logs. */
    public String listener() {
        return listener;
    }

    /** Whether users log in here. */
    public boolean isSubmission() {
        return this != MX;
    }
}
