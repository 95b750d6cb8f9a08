package org.facteur.admin.canary;

import java.util.Locale;

/** The steps of a round trip, as the label {@code step} of facteur_canary_failures_total names them. */
enum CanaryStep {
    /** The message is handed in: submission answers, takes the password and accepts. */
    SUBMIT,
    /** It is in the mailbox before the deadline. */
    ARRIVE,
    /** IMAP answers, takes the password, gives the text and deletes the message. */
    READ;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
