package org.facteur.admin.reports;

import java.time.Instant;
import java.util.List;

/**
 * A TLS report, parsed (RFC 8460 section 4).
 *
 * @param domain what it is about, lower case; all policies of a report are about one
 * @param passed sessions that were established as the policy asks
 * @param failed sessions that were not
 */
public record TlsReport(
        String organization,
        String reportId,
        Instant begins,
        Instant ends,
        String domain,
        long passed,
        long failed,
        List<Failure> failures)
        implements Report {
    /** Copies the list. */
    public TlsReport {
        failures = List.copyOf(failures);
    }

    /**
     * Sessions that failed alike.
     *
     * @param result such as {@code certificate-expired}, {@code starttls-not-supported}
     * @param source the sending MTA's address
     * @param mx the receiving host
     * @param detail the reason code and what else is said
     */
    public record Failure(String policyType, String result, long sessions, String source, String mx, String detail) {}
}
