package org.facteur.egress;

/** What decided on a recipient: the class of the other side's reply, or that there was none. */
enum ReplyClass {
    /** Taken. */
    POSITIVE("2xx"),
    /** Not now. */
    TEMPORARY("4xx"),
    /** Never. */
    PERMANENT("5xx"),
    /** No reply: DNS, the connection, or a decision of our own. */
    NONE("none");

    private final String label;

    ReplyClass(String label) {
        this.label = label;
    }

    /** The label's value. */
    String label() {
        return label;
    }
}
