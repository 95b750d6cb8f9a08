package org.facteur.admin.reports;

import java.time.Instant;
import java.util.List;

/**
 * An aggregate report, parsed (RFC 9990; RFC 7489 appendix C).
 *
 * @param organization who reports
 * @param reportId unique among the reports of that organization
 * @param domain what it is about, lower case
 */
public record DmarcReport(
        String organization, String reportId, Instant begins, Instant ends, String domain, List<Line> lines)
        implements Report {
    /** Copies the list. */
    public DmarcReport {
        lines = List.copyOf(lines);
    }

    /**
     * Messages of one source with the same results.
     *
     * @param source IP address
     * @param dkim whether an aligned signature passed
     * @param spf whether SPF passed and was aligned
     * @param reason overrides and single results, in words
     */
    public record Line(
            String source,
            long messages,
            String disposition,
            boolean dkim,
            boolean spf,
            String headerFrom,
            String envelopeFrom,
            String reason) {
        /** Whether DMARC passed. */
        public boolean passes() {
            return dkim || spf;
        }
    }

    /** Messages that passed. */
    @Override
    public long passed() {
        return lines.stream().filter(Line::passes).mapToLong(Line::messages).sum();
    }

    /** Messages that failed. */
    @Override
    public long failed() {
        return lines.stream()
                .filter(line -> !line.passes())
                .mapToLong(Line::messages)
                .sum();
    }
}
