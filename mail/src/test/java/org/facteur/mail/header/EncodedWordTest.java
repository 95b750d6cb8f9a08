package org.facteur.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2047, its section 8 among others. */
class EncodedWordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (=?ISO-8859-1?Q?a?=)                                 | (a)
            (=?ISO-8859-1?Q?a?= b)                               | (a b)
            (=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)              | (ab)
            (=?ISO-8859-1?Q?a?=  \t =?ISO-8859-1?Q?b?=)          | (ab)
            (=?ISO-8859-1?Q?a_b?=)                               | (a b)
            (=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)             | (a b)
            =?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk> | Keld Jørn Simonsen <keld@dkuug.dk>
            =?US-ASCII*EN?Q?Keith_Moore?=                        | Keith Moore
            =?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?= | If you can read this you understand the example.
            =?utf-8?q?=C3?= =?UTF-8?b?vA?=                       | ü
            =?x-unknown?q?=C3=BC?=                               | ü
            =?utf-8?q?=FC=?=                                     | ü=
            =?utf-8?x?a?=                                        | =?utf-8?x?a?=
            =?utf-8?q?a?b                                        | =?utf-8?q?a?b
            =?=?=?utf-8?q?a?=                                    | =?=?a
            plain = text?                                        | plain = text?
            """)
    void decodes(String value, String text) {
        assertThat(EncodedWord.decode(value)).isEqualTo(text);
    }

    @Test
    void encodesWhatWeGenerate() {
        assertThat(EncodedWord.encode("plain")).isEqualTo("plain");
        assertThat(EncodedWord.encode("Your mail to Jörg")).isEqualTo("=?UTF-8?Q?Your_mail_to_J=C3=B6rg?=");
        assertThat(EncodedWord.encode("日本語")).isEqualTo("=?UTF-8?B?5pel5pys6Kqe?=");
        assertThat(EncodedWord.encodePhrase("Ann Lee")).isEqualTo("Ann Lee");
        assertThat(EncodedWord.encodePhrase("Lee, \"Ann\"")).isEqualTo("\"Lee, \\\"Ann\\\"\"");
    }

    @Property
    void decodesWhatItEncoded(@ForAll @StringLength(max = 200) String text) {
        String clean = text.replaceAll("\\p{Cs}", "x");
        String encoded = EncodedWord.encode(clean);
        assertThat(EncodedWord.decode(encoded)).isEqualTo(clean);
        assertThat(encoded.split(" ")).allMatch(word -> !word.startsWith("=?UTF-8?") || word.length() <= 75);
    }

    @Property
    void takesAnyText(@ForAll String text) {
        EncodedWord.decode("=?" + text + "?q?" + text + "?=" + text);
        EncodedWord.decode("=?utf-8?b?" + text + "?= =?big5?q?" + text + "?=");
    }
}
