package org.facteur.verifier.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.facteur.mail.dkim.RawHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignResultsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "mx.example.org; spf=pass | mx.example.org",
                "mx.example.org 1; none | mx.example.org",
                "mx.example.org/1; none | mx.example.org",
                "(a comment; (nested)) mx.example.org (x); none | mx.example.org",
                "mx.example.org(x); none | mx.example.org",
                "\"mx.example.org\"; none | mx.example.org",
                "\"mx.exa\\mple.org\"; none | mx.example.org",
                "mx.example.org.; none | mx.example.org",
                "mx.example.org | mx.example.org",
                "'' | ''",
                "; spf=pass | ''",
                "(open | ''",
            })
    void readsTheId(String value, String id) {
        assertThat(ForeignResults.authservId(value)).isEqualTo(id);
    }

    @Test
    void onlyFieldsWithOurIdGo() {
        String message = """
                Authentication-Results: other.example; spf=pass\r
                authentication-results :\r
                 MX.example.org;\r
                 dmarc=pass\r
                From: a@b.example\r
                Authentication-Results: mx.example.org; dkim=pass\r
                \r
                Authentication-Results: mx.example.org; in the body\r
                """;
        byte[] bytes = message.getBytes(UTF_8);
        RawHeader header = RawHeader.parse(bytes, 0, bytes.length);
        byte[] rest = ForeignResults.without(bytes, bytes.length, ForeignResults.claiming(header, "mx.example.org"));
        assertThat(new String(rest, UTF_8)).isEqualTo("""
                        Authentication-Results: other.example; spf=pass\r
                        From: a@b.example\r
                        \r
                        Authentication-Results: mx.example.org; in the body\r
                        """);
    }

    @Property(tries = 1000)
    void readsAnything(@ForAll String value) {
        assertThat(ForeignResults.authservId(value)).isNotNull();
    }
}
