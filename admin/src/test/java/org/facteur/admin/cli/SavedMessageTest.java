package org.facteur.admin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as programs save them. */
class SavedMessageTest {
    @Test
    void aMessageAsOnTheWireStaysAsItIs() {
        String text = "From: a@example.org\r\n\r\nText\r\n";
        assertThat(saved(text).bytes()).isEqualTo(text.getBytes(UTF_8));
        assertThat(saved(text).notes()).isEmpty();
    }

    @Test
    void lineEndsBecomeThoseOfTheWire() {
        SavedMessage message = saved("\nFrom: a@example.org\r\n\nText\n\n");
        assertThat(new String(message.bytes(), UTF_8)).isEqualTo("\r\nFrom: a@example.org\r\n\r\nText\r\n\r\n");
        assertThat(message.notes()).containsExactly("line ends were made CRLF, as on the wire");
    }

    @Test
    void theSeparatorOfAnMboxIsNoPartOfIt() {
        SavedMessage message = saved("From a@example.org Mon May  6 07:08:09 2024\nFrom: b@example.org\n\nText\n");
        assertThat(new String(message.bytes(), UTF_8)).isEqualTo("From: b@example.org\r\n\r\nText\r\n");
        assertThat(message.notes()).contains("the separator line of the mbox was left out");
        assertThat(saved("From ").bytes()).isEmpty();
        assertThat(saved("").bytes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from mx.example.org (mx.example.org [192.0.2.1])\\n\\tby here|192.0.2.1|mx.example.org",
                "from mx.example.org ([IPv6:2001:db8::1])\\n\\tby here (Facteur)|2001:db8::1|mx.example.org",
                "from [192.0.2.7] (helo=x) by here|192.0.2.7|[192.0.2.7]",
                "from unknown (HELO x) (192.0.2.9) by here|192.0.2.9|unknown",
                "from x by here (here [192.0.2.10])||x",
                "by here with SMTP id 7||",
                "from x (version=TLS1.3)||x",
            })
    void theTopmostReceivedFieldTellsTheClient(String field, String ip, String helo) {
        SavedMessage message = saved("Received: " + field.replace("\\n", "\n").replace("\\t", "\t")
                + "\nReceived: from other ([203.0.113.1])\nSubject: x\n\n");
        assertThat(message.ip().orElse(null)).isEqualTo(ip);
        assertThat(message.helo().orElse(null)).isEqualTo(helo);
    }

    @Test
    void returnPathTellsTheReversePath() {
        assertThat(saved("Return-Path: <a@example.org>\n\n").reversePath()).contains("a@example.org");
        assertThat(saved("Return-Path: <>\n\n").reversePath()).contains("");
        assertThat(saved("Return-Path: junk\n\n").reversePath()).isEmpty();
        assertThat(saved("Subject: x\n\nReturn-Path: <a@example.org>\n").reversePath())
                .isEmpty();
        assertThat(saved("Subject: x\n\n").ip()).isEmpty();
    }

    private static SavedMessage saved(String file) {
        return SavedMessage.of(file.getBytes(UTF_8));
    }
}
