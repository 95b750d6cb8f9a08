package org.facteur.admin.reports;

/** What came as a report cannot be read, and never will be; the message says why, in words for a person. */
public final class UnreadableReport extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableReport(String message) {
        super(message, null, false, false);
    }
}
