package org.facteur.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5322 sections 3.3 and 4.3, appendix A. */
class MessageDateTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fri, 21 Nov 1997 09:55:06 -0600                       | 1997-11-21T09:55:06-06:00
            Tue, 1 Jul 2003 10:52:37 +0200                        | 2003-07-01T10:52:37+02:00
            21 Nov 97 09:55:06 GMT                                | 1997-11-21T09:55:06Z
            Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time)      | 1969-02-13T23:32:00-03:30
            Fri, 21 Nov 1997 09(comment):   55  :  06 -0600       | 1997-11-21T09:55:06-06:00
            Tue Nov 24 14:58:31 2026                              | 2026-11-24T14:58:31Z
            Tue, Nov 24 2026 14:58:31 EST                         | 2026-11-24T14:58:31-05:00
            24-Nov-2026 14:58:31 +0100                            | 2026-11-24T14:58:31+01:00
            Wed, 17 Jul 1996 02:23:25 -0700 (PDT)                 | 1996-07-17T02:23:25-07:00
            1 january 103 1:02:03 +01:00                          | 2003-01-01T01:02:03+01:00
            Sat, 31 Dec 2016 23:59:60 +0000                       | 2016-12-31T23:59:59Z
            Mon, 2 Feb 2026 10:00:00 +9999                        | 2026-02-02T10:00:00Z
            """)
    void reads(String text, String date) {
        assertThat(MessageDate.parse(text)).contains(OffsetDateTime.parse(date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "today",
                "32 Jan 2020 10:00:00 +0000",
                "30 Feb 2020 10:00 +0000",
                "1 Jan 2020",
                "((((((",
                "1:2:3"
            })
    void readsNothingFrom(String text) {
        assertThat(MessageDate.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-24T14:58:31Z      | Tue, 24 Nov 2026 14:58:31 +0000
            2026-02-02T01:02:03-03:30 | Mon, 2 Feb 2026 01:02:03 -0330
            """)
    void writesTheExactForm(String date, String text) {
        assertThat(MessageDate.format(OffsetDateTime.parse(date))).isEqualTo(text);
        assertThat(MessageDate.parse(text)).contains(OffsetDateTime.parse(date));
    }

    @Property
    void takesAnyText(@ForAll String text) {
        MessageDate.parse(text);
        MessageDate.parse("1 Jan 2020 10:00:00 " + text);
    }
}
