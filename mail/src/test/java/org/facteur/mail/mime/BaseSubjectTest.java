package org.facteur.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.facteur.mail.header.HeaderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5256 section 2.1. */
class BaseSubjectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Hello                        | Hello         | false
            Re: Hello                    | Hello         | true
            RE : re[2]: Fwd: fw: Hello   | Hello         | true
            [list] Re: [list] Hello      | Hello         | true
            [list] Hello                 | Hello         | false
            [only]                       | [only]        | false
            [a] [b]                      | [b]           | false
            Re: [only]                   | [only]        | true
            Hello (fwd) (FWD)            | Hello         | true
            [Fwd: Re: Hello]             | Hello         | true
            [fwd: [Fwd: Hello] (fwd)]    | Hello         | true
            Review: it                   | Review: it    | false
            Re                           | Re            | false
            a     b                      | a b           | false
            =?UTF-8?Q?Re:_Gr=C3=BC=C3=9Fe?= | Grüße      | true
            Re:                          | ``            | true
            """)
    void takesOffWhatRepliesPutAround(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, reply));
    }

    @Test
    void findsReferences() {
        MessageReferences found = MessageReferences.of(HeaderFields.parse(
                "Message-ID: <c@x>\r\nIn-Reply-To: Ann's <b@x> of Monday\r\nReferences: <a@x>\r\n <b@x><broken id> <>\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(found.messageId()).contains("c@x");
        assertThat(found.inReplyTo()).containsExactly("b@x");
        assertThat(found.references()).containsExactly("a@x", "b@x");
        assertThat(found.ancestors()).isEqualTo(found.references());
    }
}
