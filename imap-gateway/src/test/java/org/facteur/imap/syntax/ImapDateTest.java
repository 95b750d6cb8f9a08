package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class ImapDateTest {
    @Test
    void writesAndReadsDateTimes() {
        OffsetDateTime time = OffsetDateTime.parse("1996-07-07T02:44:25-07:00");
        assertThat(ImapDate.dateTime(time)).isEqualTo("07-Jul-1996 02:44:25 -0700");
        assertThat(ImapDate.readDateTime(Arguments.of("\" 7-Jul-1996 02:44:25 -0700\"")))
                .isEqualTo(time);
        assertThat(ImapDate.readDateTime(Arguments.of("\"07-jul-1996 02:44:25 -0700\"")))
                .isEqualTo(time);
        assertThatThrownBy(() -> ImapDate.readDateTime(Arguments.of("\"yesterday\"")))
                .isInstanceOf(SyntaxError.class);
    }

    @Test
    void readsDates() {
        assertThat(ImapDate.readDate(Arguments.of("1-Feb-1994"))).isEqualTo(LocalDate.of(1994, 2, 1));
        assertThat(ImapDate.readDate(Arguments.of("\"01-FEB-1994\""))).isEqualTo(LocalDate.of(1994, 2, 1));
        assertThatThrownBy(() -> ImapDate.readDate(Arguments.of("1994-02-01"))).isInstanceOf(SyntaxError.class);
    }
}
