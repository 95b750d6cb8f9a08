package org.facteur.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.facteur.mail.header.HeaderFields;
import org.facteur.mail.mime.MessageStructure;
import org.facteur.mail.mime.MimePart;
import org.facteur.mail.record.Outbound;
import org.junit.jupiter.api.Test;

/** Reads the notification as its receiver would (RFC 3464, RFC 6522). */
class BounceTest {
    private static final Instant ACCEPTED = Instant.parse("2026-02-03T04:05:06Z");
    private static final Instant FAILED = Instant.parse("2026-02-04T04:05:06Z");
    private static final String HEADER = "From: <a@here.test>\r\nSubject: x\r\nMessage-ID: <1@here.test>\r\n";

    @Test
    void headerOfTheNotification() {
        HeaderFields header = HeaderFields.parse(bounce(HEADER, failure("b@there.test")));
        assertThat(header.value("To")).contains("<a@here.test>");
        assertThat(header.value("From")).contains("Mail delivery <mailer-daemon@mail.here.test>");
        assertThat(header.value("Auto-Submitted")).contains("auto-replied");
        assertThat(header.value("Date")).contains("Wed, 4 Feb 2026 04:05:06 +0000");
        assertThat(header.value("Message-ID")).contains("<n1@mail.here.test>");
        assertThat(header.value("Content-Type")).hasValueSatisfying(type -> assertThat(type)
                .contains("multipart/report", "report-type=delivery-status"));
    }

    @Test
    void threeParts() {
        byte[] message = bounce(HEADER, failure("b@there.test"));
        assertThat(types(message)).containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
        assertThat(body(message, 0))
                .contains("b@there.test")
                .contains("550 5.1.1 who is that?")
                .contains("m1");
        assertThat(body(message, 2)).isEqualTo(HEADER);
        assertThat(new String(message, StandardCharsets.UTF_8))
                .matches(text -> text.chars().allMatch(c -> c < 128));
    }

    @Test
    void fieldsForPrograms() {
        byte[] message = bounce(
                HEADER,
                failure("b@there.test"),
                new Outcome.Failure("c@there.test", "4.4.1", "connection refused\r\nInjected: yes", ReplyClass.NONE));
        String[] groups = body(message, 1).split("\r\n\r\n");
        assertThat(groups).hasSize(3);
        HeaderFields perMessage = HeaderFields.parse((groups[0] + "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(perMessage.value("Reporting-MTA")).contains("dns; mail.here.test");
        assertThat(perMessage.value("Arrival-Date")).contains("Tue, 3 Feb 2026 04:05:06 +0000");
        HeaderFields first = HeaderFields.parse((groups[1] + "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(first.value("Final-Recipient")).contains("rfc822; b@there.test");
        assertThat(first.value("Action")).contains("failed");
        assertThat(first.value("Status")).contains("5.1.1");
        assertThat(first.value("Remote-MTA")).contains("dns; mx.there.test");
        assertThat(first.value("Diagnostic-Code")).contains("smtp; 550 5.1.1 who is that?");
        HeaderFields second = HeaderFields.parse((groups[2] + "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(second.value("Final-Recipient")).contains("rfc822; c@there.test");
        assertThat(second.value("Status")).as("delivery time expired").contains("5.4.7");
        assertThat(second.value("Diagnostic-Code")).as("there was no reply").isEmpty();
        assertThat(second.value("Injected")).isEmpty();
    }

    @Test
    void internationalizedAddresses() {
        byte[] message = bounce("Subject: \u00fc\r\n", failure("b\u00fc@there.test"));
        assertThat(types(message))
                .containsExactly("text/plain", "message/global-delivery-status", "message/global-headers");
        assertThat(body(message, 1)).contains("Final-Recipient: utf-8; b\u00fc@there.test");
        assertThat(new String(message, StandardCharsets.UTF_8).split("Content-Transfer-Encoding: 8bit", -1))
                .hasSize(4);
    }

    @Test
    void withoutAnyHeader() {
        assertThat(types(bounce("", failure("b@there.test")))).hasSize(3);
    }

    private static List<String> types(byte[] message) {
        return MessageStructure.parse(message).root().children().stream()
                .map(part ->
                        part.contentType().type() + "/" + part.contentType().subtype())
                .toList();
    }

    private static String body(byte[] message, int index) {
        MimePart part = MessageStructure.parse(message).root().children().get(index);
        return new String(message, part.bodyStart(), part.octets(), StandardCharsets.UTF_8);
    }

    private static Outcome.Failure failure(String recipient) {
        return new Outcome.Failure(recipient, "5.1.1", "550 5.1.1 who is that?", ReplyClass.PERMANENT);
    }

    private static byte[] bounce(String header, Outcome.Failure... failures) {
        Outbound outbound = new Outbound(
                1, "m1", ACCEPTED, "a@here.test", "a@here.test", "there.test", List.of("b@there.test"), false, "");
        return new Bounce("n1", "mail.here.test", FAILED, outbound, List.of(failures), "mx.there.test", header)
                .message();
    }
}
