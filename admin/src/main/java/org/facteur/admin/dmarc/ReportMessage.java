package org.facteur.admin.dmarc;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/** The message that carries a report (RFC 9990 section 3.5.2): a few words for people and the report in gzip. */
final class ReportMessage {
    private ReportMessage() {}

    /** The message in octets; the addresses are such that mail can be sent to them. */
    static byte[] of(AggregateReport report, List<String> to, Instant now) {
        try {
            MimeBodyPart words = new MimeBodyPart();
            words.setText(words(report), StandardCharsets.US_ASCII.name());
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(gzip(AggregateXml.of(report)), "application/gzip")));
            // In one piece: few programs that read reports know how to join the parts of a long name (RFC 2231).
            file.setHeader("Content-Type", "application/gzip;\r\n\tname=\"" + report.fileName() + "\"");
            file.setHeader("Content-Disposition", "attachment;\r\n\tfilename=\"" + report.fileName() + "\"");
            file.setHeader("Content-Transfer-Encoding", "base64");
            MimeMessage message = new Identified(report.reportId() + "@" + report.reporter());
            message.setFrom(new InternetAddress(report.contact()));
            for (String address : to) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(address));
            }
            message.setSubject(report.subject());
            message.setSentDate(Date.from(now));
            // RFC 3834 section 5: nobody answers this.
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setContent(new MimeMultipart(words, file));
            message.saveChanges();
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException(
                    "cannot compose a report about " + report.policy().domain(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(AggregateReport report) {
        return "This is a DMARC aggregate report (RFC 9990) about "
                + report.policy().domain() + ".\r\n"
                + "It tells of " + report.messages() + " messages that " + report.reporter() + " received on "
                + report.day() + " (UTC).\r\n";
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    /** A message that keeps its Message-ID when it is saved. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(String id) {
            super(Session.getInstance(new Properties()));
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }
}
