package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*,INBOX,true",
        "*,a/b/c,true",
        "%,INBOX,true",
        "%,a/b,false",
        "a/%,a/b,true",
        "a/%,a/b/c,false",
        "a/*,a/b/c,true",
        "%/%,a/b,true",
        "%/%,a,false",
        "inbox,INBOX,true",
        "InBoX/x,INBOX/x,true",
        "inboxes,INBOXES,false",
        "*b%,a/b/c,false",
        "*b%,a/b/bc,true",
        "*%,a/b,true",
        "%*,a/b,true",
        "a%c,abc,true",
        "a%c,a/c,false",
        "a*c,a/c,true",
        "'',a,false"
    })
    void matches(String pattern, String name, boolean expected) {
        assertThat(ListPattern.of("", pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a/,%,a/b,true", "a/,%,a/b/c,false", "a,/b,a/b,true"})
    void joinsTheReference(String reference, String pattern, String name, boolean expected) {
        assertThat(ListPattern.of(reference, pattern).matches(name)).isEqualTo(expected);
    }
}
