package org.facteur.egress;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.facteur.mail.address.Ascii;
import org.facteur.mail.record.Outbound;

/**
 * A delivery status notification (RFC 3464) in a multipart/report (RFC 6522): for the person in words, for programs in
 * fields, with the header of the message that failed.
 *
 * @param id of the notification itself
 * @param hostname of the platform, the reporting MTA
 * @param at when the attempt failed
 * @param header of the failed message with what was prepended here, complete lines, may be empty
 */
record Bounce(
        String id,
        String hostname,
        Instant at,
        Outbound outbound,
        List<Outcome.Failure> failures,
        String host,
        String header) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    /** The message, CRLF line ends; a part that is not 7-bit says so (RFC 6532, RFC 6533). */
    byte[] message() {
        String boundary = "facteur-" + id;
        StringBuilder text = new StringBuilder(2048);
        text.append("From: Mail delivery <mailer-daemon@").append(hostname).append(">\r\n");
        text.append("To: <").append(outbound.reversePath()).append(">\r\n");
        text.append("Subject: Your message could not be delivered\r\n");
        text.append("Date: ").append(date(at)).append("\r\n");
        text.append("Message-ID: <").append(id).append('@').append(hostname).append(">\r\n");
        text.append("Auto-Submitted: auto-replied\r\n");
        text.append("MIME-Version: 1.0\r\n");
        text.append("Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n");
        part(text, boundary, "text/plain; charset=utf-8", words());
        String fields = fields();
        part(text, boundary, Ascii.only(fields) ? "message/delivery-status" : "message/global-delivery-status", fields);
        part(text, boundary, Ascii.only(header) ? "text/rfc822-headers" : "message/global-headers", header);
        text.append("--").append(boundary).append("--\r\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void part(StringBuilder text, String boundary, String type, String content) {
        text.append("--")
                .append(boundary)
                .append("\r\nContent-Type: ")
                .append(type)
                .append(Ascii.only(content) ? "" : "\r\nContent-Transfer-Encoding: 8bit")
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
    }

    private String words() {
        StringBuilder text = new StringBuilder(512);
        text.append("Your message could not be delivered to:\r\n\r\n");
        for (Outcome.Failure failure : failures) {
            text.append("  ")
                    .append(failure.recipient())
                    .append("\r\n    ")
                    .append(oneLine(failure.text()))
                    .append("\r\n");
        }
        text.append("\r\nThe answer came from ").append(host).append(". The message's id here is ");
        text.append(outbound.id()).append(".\r\nIt will not be tried again.\r\n");
        return text.toString();
    }

    private String fields() {
        StringBuilder text = new StringBuilder(512);
        text.append("Reporting-MTA: dns; ").append(hostname).append("\r\n");
        text.append("Arrival-Date: ").append(date(outbound.acceptedAt())).append("\r\n");
        for (Outcome.Failure failure : failures) {
            String status = failure.status();
            text.append("\r\nFinal-Recipient: ")
                    .append(Ascii.only(failure.recipient()) ? "rfc822; " : "utf-8; ")
                    .append(failure.recipient())
                    .append("\r\n");
            text.append("Action: failed\r\n");
            text.append("Status: ")
                    .append(status.startsWith("5") ? status : "5.4.7")
                    .append("\r\n");
            text.append("Remote-MTA: dns; ").append(host).append("\r\n");
            if (failure.text().matches("(?s)[245]\\d\\d .*")) {
                text.append("Diagnostic-Code: smtp; ")
                        .append(oneLine(failure.text()))
                        .append("\r\n");
            }
            text.append("Last-Attempt-Date: ").append(date(at)).append("\r\n");
        }
        return text.toString();
    }

    private static String date(Instant instant) {
        return DATE.format(instant).replace("GMT", "+0000");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\r\\n]+", " ");
        return line.length() > 900 ? line.substring(0, 900) : line;
    }
}
