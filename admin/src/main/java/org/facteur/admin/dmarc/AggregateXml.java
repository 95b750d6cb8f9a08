package org.facteur.admin.dmarc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.facteur.mail.record.AuthObservation;

/** Writes an aggregate report in the form of RFC 9990 appendix A. */
final class AggregateXml {
    private static final String NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0";

    private final XMLStreamWriter out;

    private AggregateXml(XMLStreamWriter out) {
        this.out = out;
    }

    /** The document in UTF-8. */
    static byte[] of(AggregateReport report) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            XMLStreamWriter out =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(octets, StandardCharsets.UTF_8.name());
            new AggregateXml(out).write(report);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write to memory", e);
        }
        return octets.toByteArray();
    }

    private void write(AggregateReport report) throws XMLStreamException {
        out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        begin("feedback");
        out.writeDefaultNamespace(NAMESPACE);
        text("version", "1.0");
        metadata(report);
        policy(report.policy());
        for (AggregateReport.Line line : report.lines()) {
            record(line);
        }
        end();
        out.writeEndDocument();
    }

    private void metadata(AggregateReport report) throws XMLStreamException {
        begin("report_metadata");
        text("org_name", report.reporter());
        text("email", report.contact());
        text("report_id", report.reportId());
        begin("date_range");
        text("begin", Long.toString(report.begins().getEpochSecond()));
        text("end", Long.toString(report.ends().getEpochSecond()));
        end();
        optional("error", report.error());
        text("generator", "Facteur");
        end();
    }

    private void policy(AuthObservation.Published policy) throws XMLStreamException {
        begin("policy_published");
        text("domain", policy.domain());
        text("p", policy.p());
        text("sp", policy.sp());
        text("np", policy.np());
        text("adkim", policy.adkim());
        text("aspf", policy.aspf());
        text("discovery_method", "treewalk");
        text("testing", policy.testing() ? "y" : "n");
        end();
    }

    private void record(AggregateReport.Line line) throws XMLStreamException {
        ObservedRow row = line.row();
        begin("record");
        begin("row");
        text("source_ip", row.sourceIp());
        text("count", Long.toString(line.messages()));
        begin("policy_evaluated");
        text("disposition", row.disposition());
        text("dkim", row.dkimAligned() ? "pass" : "fail");
        text("spf", row.spfAligned() ? "pass" : "fail");
        for (AuthObservation.Override override : row.overrides()) {
            begin("reason");
            text("type", override.type());
            optional("comment", override.comment());
            end();
        }
        end();
        end();
        begin("identifiers");
        optional("envelope_to", row.envelopeTo());
        text("envelope_from", row.envelopeFrom());
        text("header_from", row.headerFrom());
        end();
        results(row);
        end();
    }

    private void results(ObservedRow row) throws XMLStreamException {
        begin("auth_results");
        for (AuthObservation.Dkim dkim : row.dkim()) {
            begin("dkim");
            text("domain", dkim.domain());
            text("selector", dkim.selector());
            text("result", dkim.result());
            optional("human_result", dkim.reason());
            end();
        }
        if (row.spf() != null) {
            begin("spf");
            text("domain", row.spf().domain());
            text("scope", row.spf().scope());
            text("result", row.spf().result());
            end();
        }
        end();
    }

    private void begin(String name) throws XMLStreamException {
        out.writeStartElement(name);
    }

    private void end() throws XMLStreamException {
        out.writeEndElement();
    }

    private void optional(String name, String content) throws XMLStreamException {
        if (content != null && !content.isEmpty()) {
            text(name, content);
        }
    }

    private void text(String name, String content) throws XMLStreamException {
        begin(name);
        out.writeCharacters(content == null ? "" : content.replaceAll("[^\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}]", "?"));
        end();
    }
}
