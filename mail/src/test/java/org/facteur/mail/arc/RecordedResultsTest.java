package org.facteur.mail.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.facteur.mail.dkim.RawField;
import org.facteur.mail.dkim.TagSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedResultsTest {
    @Test
    void readsMethodsAndProperties() throws TagSyntaxException {
        RawField field = field("i=2; (a (nested; comment)) Mx.Example.org 1;\r\n\tspf/1 = Pass"
                + " (sender; ok) reason=\"all; \\\"well\\\"\" smtp.mailfrom=\"odd one\"@b.example;\r\n"
                + "\tdkim=pass header.d = A.Example header.b=abc==; dmarc=fail HEADER.from=b.example");
        assertThat(RecordedResults.instance(field)).isEqualTo(2);
        RecordedResults found = RecordedResults.of(field);
        assertThat(found.authservId()).isEqualTo("mx.example.org");
        assertThat(found.results())
                .containsExactly(
                        new RecordedResults.MethodResult(
                                "spf", "pass", Map.of("reason", "all; \"well\"", "smtp.mailfrom", "odd one@b.example")),
                        new RecordedResults.MethodResult(
                                "dkim", "pass", Map.of("header.d", "A.Example", "header.b", "abc==")),
                        new RecordedResults.MethodResult("dmarc", "fail", Map.of("header.from", "b.example")));
        assertThat(found.results().get(0).domain("smtp.mailfrom")).contains("b.example");
        assertThat(found.results().get(1).domain("header.d")).contains("a.example");
    }

    @Test
    void whatIsInACommentOrQuotedIsNoResult() {
        RecordedResults found = RecordedResults.of(
                field("i=1; mx; (dmarc=pass header.from=a) spf=none reason=\"; dmarc=pass header.from=a\"; none"));
        assertThat(found.results())
                .extracting(RecordedResults.MethodResult::method)
                .containsExactly("spf");
    }

    @ParameterizedTest
    @ValueSource(strings = {" i=1;mx", "i = 1 ; mx", "(c) i(c)=(c)1(c);mx; arc=none"})
    void takesTheInstanceInEveryForm(String value) throws TagSyntaxException {
        assertThat(RecordedResults.instance(field(value))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "i=1", "i=;mx", "i=0;mx", "i=001;mx", "I=1;mx", "mx;i=1", "i=1 2;mx", "i=+1;mx"})
    void refusesAnyOther(String value) {
        assertThatThrownBy(() -> RecordedResults.instance(field(value))).isInstanceOf(TagSyntaxException.class);
    }

    private static RawField field(String value) {
        return RawField.of("ARC-Authentication-Results: " + value + "\r\n");
    }
}
