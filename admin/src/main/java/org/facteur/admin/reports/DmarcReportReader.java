package org.facteur.admin.reports;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of an aggregate report as a stream: any namespace, unknown elements skipped, no document type, no entities but
 * XML's own, bounded rows, depth and texts.
 */
final class DmarcReportReader {
    static final int MOST_ROWS = 20_000;

    private static final int DEEPEST = 12;
    private static final int MOST_VALUES = 500; // elements of a name each; a report has some forty
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_REASON = 500;
    private static final long MOST_MESSAGES = 1_000_000_000_000L;
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final XMLInputFactory XML = factory();

    private final XMLStreamReader in;
    private String path = ""; // names of the open elements, separated by /
    private int depth;
    private final Map<String, String> values = new HashMap<>();
    private final List<DmarcReport.Line> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private StringJoiner reasons = newReason();

    private DmarcReportReader(XMLStreamReader in) {
        this.in = in;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> new ByteArrayInputStream(new byte[0]));
        return factory;
    }

    /** Reads a document; fails where it is not a whole report. */
    static DmarcReport read(byte[] xml) throws UnreadableReport {
        try {
            XMLStreamReader in = XML.createXMLStreamReader(text(xml));
            try {
                return new DmarcReportReader(in).report();
            } finally {
                in.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            throw new UnreadableReport("not the XML of a DMARC report: " + Words.of(e.getMessage(), 200));
        }
    }

    /** UTF-8, whatever the declaration says: all that matters is ASCII, and broken octets are replaced. */
    private static Reader text(byte[] xml) {
        int from = xml.length > 2 && (xml[0] & 0xff) == 0xef && (xml[1] & 0xff) == 0xbb ? 3 : 0;
        return new InputStreamReader(new ByteArrayInputStream(xml, from, xml.length - from), StandardCharsets.UTF_8);
    }

    private DmarcReport report() throws XMLStreamException, UnreadableReport {
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(in.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
                case XMLStreamConstants.DTD,
                        XMLStreamConstants.ENTITY_REFERENCE,
                        XMLStreamConstants.ENTITY_DECLARATION ->
                    throw new UnreadableReport("document types and entities are not accepted");
                default -> {}
            }
        }
        return whole();
    }

    private void begin(String name) throws UnreadableReport {
        if (depth == 0 && !name.equals("feedback")) {
            throw new UnreadableReport("the document is a <" + Words.of(name, 40) + ">, not a <feedback>");
        }
        if (depth == DEEPEST) {
            throw new UnreadableReport("elements are nested too deeply");
        }
        path = depth == 0 ? name : path + "/" + name;
        depth++;
        text.setLength(0);
        if (path.equals("feedback/record")) {
            values.keySet().removeIf(key -> key.startsWith("feedback/record"));
            reasons = newReason();
        }
    }

    private void characters() {
        if (text.length() < LONGEST_REASON) {
            text.append(in.getText(), 0, Math.min(in.getTextLength(), LONGEST_REASON));
        }
    }

    private void end() throws UnreadableReport {
        String at = path;
        if (values.size() < MOST_VALUES) {
            values.put(at, Words.of(text.toString(), LONGEST_REASON));
        }
        switch (at) {
            case "feedback/record/row/policy_evaluated/reason" -> {
                reason(value(at + "/type") + (value(at + "/comment").isEmpty() ? "" : ": " + value(at + "/comment")));
                values.remove(at + "/comment");
            }
            case "feedback/record/auth_results/dkim", "feedback/record/auth_results/spf" ->
                reason(at.substring(at.lastIndexOf('/') + 1) + "=" + value(at + "/result") + " "
                        + value(at + "/domain"));
            case "feedback/record" -> line();
            default -> {}
        }
        text.setLength(0);
        path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        depth--;
    }

    private void reason(String words) {
        if (reasons.length() < LONGEST_REASON) {
            reasons.add(words);
        }
    }

    private void line() throws UnreadableReport {
        if (lines.size() == MOST_ROWS) {
            throw new UnreadableReport("more than " + MOST_ROWS + " rows");
        }
        String row = "feedback/record/row/";
        String source = value(row + "source_ip");
        if (!ADDRESS.matcher(source).matches()) {
            throw new UnreadableReport("a row without the address of its source");
        }
        String identifiers = "feedback/record/identifiers/";
        lines.add(new DmarcReport.Line(
                source.toLowerCase(Locale.ROOT),
                number(row + "count", MOST_MESSAGES),
                Words.of(value(row + "policy_evaluated/disposition"), 20),
                value(row + "policy_evaluated/dkim").equalsIgnoreCase("pass"),
                value(row + "policy_evaluated/spf").equalsIgnoreCase("pass"),
                domain(identifiers + "header_from"),
                domain(identifiers + "envelope_from"),
                Words.of(reasons.toString(), LONGEST_REASON)));
    }

    private DmarcReport whole() throws UnreadableReport {
        String metadata = "feedback/report_metadata/";
        Instant begins = time(metadata + "date_range/begin");
        Instant ends = time(metadata + "date_range/end");
        DmarcReport report = new DmarcReport(
                Words.of(value(metadata + "org_name"), LONGEST_NAME),
                Words.of(value(metadata + "report_id"), LONGEST_NAME),
                begins,
                ends,
                domain("feedback/policy_published/domain"),
                lines);
        if (report.organization().isEmpty()
                || report.reportId().isEmpty()
                || report.domain().isEmpty()) {
            throw new UnreadableReport("org_name, report_id or the domain of the policy is missing");
        }
        if (ends.isBefore(begins)) {
            throw new UnreadableReport("the report ends before it begins");
        }
        return report;
    }

    private Instant time(String name) throws UnreadableReport {
        return Instant.ofEpochSecond(number(name, LAST.getEpochSecond()));
    }

    private long number(String name, long most) throws UnreadableReport {
        String digits = value(name);
        if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) > most) {
            throw new UnreadableReport(name.substring(name.lastIndexOf('/') + 1) + " is not a number that makes sense");
        }
        return Long.parseLong(digits);
    }

    private String domain(String name) {
        String domain = Words.of(value(name), LONGEST_NAME).toLowerCase(Locale.ROOT);
        return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    private static StringJoiner newReason() {
        return new StringJoiner("; ");
    }
}
