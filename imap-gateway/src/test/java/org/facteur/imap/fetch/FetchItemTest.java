package org.facteur.imap.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.facteur.imap.fetch.FetchItem.Body;
import org.facteur.imap.fetch.FetchItem.Partial;
import org.facteur.imap.fetch.FetchItem.Simple;
import org.facteur.imap.fetch.Section.Kind;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.SyntaxError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchItemTest {
    @Test
    void readsMacrosAndLists() {
        assertThat(parse("FAST")).containsExactly(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE);
        assertThat(parse("(UID flags UID)")).containsExactly(Simple.UID, Simple.FLAGS);
        assertThat(parse("body")).containsExactly(Simple.BODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "BODY[];BODY[]",
                "body[1.2.mime];BODY[1.2.MIME]",
                "BODY[HEADER.FIELDS (Date \"From\")];BODY[HEADER.FIELDS (Date From)]",
                "BODY[2.HEADER.FIELDS.NOT (X)];BODY[2.HEADER.FIELDS.NOT (X)]",
                "BODY.PEEK[TEXT]<0.10>;BODY[TEXT]",
                "RFC822.HEADER;RFC822.HEADER"
            })
    void namesTheSectionInItsResponse(String request, String label) {
        assertThat(((Body) parse(request).get(0)).label()).isEqualTo(label);
    }

    @Test
    void readsAllOfABodyItem() {
        assertThat(parse("BODY.PEEK[4.1.HEADER]<5.100>"))
                .containsExactly(new Body(
                        "BODY[4.1.HEADER]",
                        new Section(List.of(4, 1), Kind.HEADER, List.of()),
                        true,
                        Optional.of(new Partial(5, 100))));
        assertThat(parse("BODY[1]").get(0).marksSeen()).isTrue();
        assertThat(parse("BODY.PEEK[1]").get(0).marksSeen()).isFalse();
        assertThat(parse("RFC822").get(0).marksSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "()",
                "NOTHING",
                "BODY[MIME]",
                "BODY[1.]",
                "BODY[0]",
                "BODY[",
                "BODY[HEADER.FIELDS]",
                "BODY[HEADER.FIELDS ()]",
                "BODY[]<0.0>",
                "BODY[]<1>",
                "FLAGS[]",
                "BINARY[TEXT]"
            })
    void refusesWhatIsNoItem(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SyntaxError.class);
    }

    private static List<FetchItem> parse(String text) {
        Arguments in = Arguments.of(text);
        List<FetchItem> items = FetchItem.parseAll(in);
        in.end();
        return items;
    }
}
