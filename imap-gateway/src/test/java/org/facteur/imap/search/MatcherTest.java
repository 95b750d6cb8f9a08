package org.facteur.imap.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.facteur.imap.store.Email;
import org.facteur.imap.store.Parts;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.view.Flags;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatcherTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final Matcher matcher = new Matcher(10, 50, uid -> uid == 17, NOW);
    private final Subject bare =
            new Subject(3, 17, Flags.of(List.of("\\Seen", "Work")), 99, Optional.empty(), Optional.empty());
    private final Subject withColumns = bare.with(new Email(
            17,
            5_000,
            Instant.parse("2026-03-09T23:30:00Z"),
            Instant.parse("2026-03-10T11:00:00Z"),
            Optional.of(LocalDate.of(2026, 3, 8)),
            new byte[0],
            new byte[0],
            new byte[0],
            "E1",
            Optional.of("T1"),
            "",
            new Parts(number -> Optional.empty(), List::of)));
    private final Subject whole = withColumns.with(new MessageText(
            MessageTexts.fields("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?b?IGF1cyBSb20=?=\r\nX-Empty:\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)),
            List.of("Ein Brief\r\nan Jürgen")));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ALL;YES",
                "SEEN;YES",
                "UNSEEN;NO",
                "KEYWORD work;YES",
                "UNKEYWORD work;NO",
                "1:3;YES",
                "4:*;NO",
                "UID 17;YES",
                "UID 60:*;NO",
                "$;YES",
                "MODSEQ 99;YES",
                "MODSEQ 100;NO",
                "NEW;NO",
                "OR SEEN SUBJECT x;YES",
                "UNSEEN SUBJECT x;NO",
                "SEEN SUBJECT x;UNKNOWN",
                "NOT LARGER 10;UNKNOWN"
            })
    void decidesWithTheViewWhatItCan(String key, Match expected) {
        assertThat(matcher.match(key(key), bare)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LARGER 4999;YES",
                "LARGER 5000;NO",
                "SMALLER 5001;YES",
                "ON 9-Mar-2026;YES",
                "BEFORE 9-Mar-2026;NO",
                "SINCE 9-Mar-2026;YES",
                "SINCE 10-Mar-2026;NO",
                "SENTON 8-Mar-2026;YES",
                "SENTSINCE 9-Mar-2026;NO",
                "SAVEDON 10-Mar-2026;YES",
                "YOUNGER 50000;YES",
                "OLDER 50000;NO",
                "EMAILID E1;YES",
                "THREADID T2;NO",
                "TEXT x;UNKNOWN"
            })
    void decidesWithTheColumns(String key, Match expected) {
        assertThat(matcher.match(key(key), withColumns)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SUBJECT \"grüße aus rom\";YES",
                "SUBJECT GRÜSSE;YES",
                "HEADER x-empty \"\";YES",
                "HEADER x-missing \"\";NO",
                "BODY jürgen;YES",
                "BODY rom;NO",
                "TEXT rom;YES",
                "TEXT \"subject: gr\";YES"
            })
    void decidesWithTheText(String key, Match expected) {
        assertThat(matcher.match(key(key), whole)).isEqualTo(expected);
    }

    private static SearchKey key(String text) {
        return SearchParser.parse(Arguments.of(" " + text)).key();
    }
}
