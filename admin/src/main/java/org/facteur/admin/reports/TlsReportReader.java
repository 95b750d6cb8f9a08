package org.facteur.admin.reports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the JSON of a TLS report (RFC 8460 section 4.4); unknown members are skipped, depth, rows and texts are bounded. */
final class TlsReportReader {
    static final int MOST_OCTETS = 1024 * 1024;
    static final int MOST_ROWS = 10_000;

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_DETAIL = 500;
    private static final long MOST_SESSIONS = 1_000_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(12)
                    .maxStringLength(64 * 1024)
                    .maxNumberLength(20)
                    .build())
            .build());

    private TlsReportReader() {}

    /** Whether a file looks like JSON; XML never does. */
    static boolean isJson(byte[] file) {
        for (byte octet : file) {
            if (octet > ' ') {
                return octet == '{';
            }
        }
        return false;
    }

    /** Reads a document; fails where it is not a whole report. */
    static TlsReport read(byte[] json) throws UnreadableReport {
        if (json.length > MOST_OCTETS) {
            throw new UnreadableReport("the JSON is larger than " + MOST_OCTETS + " octets");
        }
        try {
            return report(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UnreadableReport("not the JSON of a TLS report: " + Words.of(e.getOriginalMessage(), 200));
        } catch (IOException e) {
            throw new UnreadableReport("not the JSON of a TLS report");
        }
    }

    private static TlsReport report(JsonNode root) throws UnreadableReport {
        String organization = text(root, "organization-name", LONGEST_NAME);
        String reportId = text(root, "report-id", LONGEST_NAME);
        JsonNode range = root.path("date-range");
        String domain = "";
        long passed = 0;
        long failed = 0;
        List<TlsReport.Failure> failures = new ArrayList<>();
        for (JsonNode one : root.path("policies")) {
            String about =
                    text(one.path("policy"), "policy-domain", LONGEST_NAME).toLowerCase(Locale.ROOT);
            if (!domain.isEmpty() && !about.equals(domain)) {
                throw new UnreadableReport("policies of several domains");
            }
            domain = about;
            JsonNode summary = one.path("summary");
            passed += count(summary, "total-successful-session-count");
            failed += count(summary, "total-failure-session-count");
            for (JsonNode detail : one.path("failure-details")) {
                if (failures.size() == MOST_ROWS) {
                    throw new UnreadableReport("more than " + MOST_ROWS + " failure details");
                }
                failures.add(failure(text(one.path("policy"), "policy-type", 40), detail));
            }
        }
        if (organization.isEmpty() || reportId.isEmpty() || domain.isEmpty()) {
            throw new UnreadableReport("organization-name, report-id or policy-domain is missing");
        }
        return new TlsReport(
                organization,
                reportId,
                time(range, "start-datetime"),
                time(range, "end-datetime"),
                domain,
                passed,
                failed,
                failures);
    }

    private static TlsReport.Failure failure(String policyType, JsonNode detail) throws UnreadableReport {
        String reason = text(detail, "failure-reason-code", LONGEST_DETAIL);
        String more = text(detail, "additional-information", LONGEST_DETAIL);
        return new TlsReport.Failure(
                policyType,
                text(detail, "result-type", 60),
                count(detail, "failed-session-count"),
                text(detail, "sending-mta-ip", 45),
                text(detail, "receiving-mx-hostname", LONGEST_NAME).toLowerCase(Locale.ROOT),
                Words.of(reason + " " + more, LONGEST_DETAIL));
    }

    private static String text(JsonNode node, String name, int most) {
        return Words.of(node.path(name).asText(""), most);
    }

    private static long count(JsonNode node, String name) throws UnreadableReport {
        JsonNode number = node.path(name);
        if (number.isMissingNode()) {
            return 0;
        }
        if (!number.canConvertToLong() || number.asLong() < 0 || number.asLong() > MOST_SESSIONS) {
            throw new UnreadableReport(name + " is not a number that makes sense");
        }
        return number.asLong();
    }

    private static Instant time(JsonNode range, String name) throws UnreadableReport {
        try {
            return OffsetDateTime.parse(range.path(name).asText("")).toInstant();
        } catch (DateTimeParseException e) {
            throw new UnreadableReport(name + " is not a time");
        }
    }
}
