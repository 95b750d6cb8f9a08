package org.facteur.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderFieldsTest {
    private static final String HEADER = "From: a@x\r\nSubject: one\r\n\ttwo\r\nfrom : b@x\r\nX-Y: z\r\n\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "from;false;From: a@x|from : b@x||",
                "subject;false;Subject: one|\ttwo||",
                "from,subject;true;X-Y: z||",
                "none;false;|",
                "none;true;From: a@x|Subject: one|\ttwo|from : b@x|X-Y: z||"
            })
    void picks(String names, boolean not, String expected) {
        byte[] picked = HeaderFields.pick(
                HEADER.getBytes(StandardCharsets.US_ASCII), List.copyOf(Arrays.asList(names.split(","))), not);
        assertThat(new String(picked, StandardCharsets.US_ASCII)).isEqualTo(expected.replace("|", "\r\n"));
    }
}
