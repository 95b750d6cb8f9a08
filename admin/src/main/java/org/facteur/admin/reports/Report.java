package org.facteur.admin.reports;

import java.time.Instant;

/** What reports of both kinds tell. */
public sealed interface Report permits DmarcReport, TlsReport {
    /** Who reports. */
    String organization();

    /** Unique among the reports of that organization. */
    String reportId();

    /** The begin of the time that it is about. */
    Instant begins();

    /** The end of it. */
    Instant ends();

    /** What it is about, lower case. */
    String domain();

    /** Messages or sessions that passed. */
    long passed();

    /** Those that failed. */
    long failed();
}
