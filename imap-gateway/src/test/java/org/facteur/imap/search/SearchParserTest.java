package org.facteur.imap.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.facteur.imap.search.SearchKey.And;
import org.facteur.imap.search.SearchKey.DateKind;
import org.facteur.imap.search.SearchKey.DateOrder;
import org.facteur.imap.search.SearchKey.Dated;
import org.facteur.imap.search.SearchKey.Flag;
import org.facteur.imap.search.SearchKey.Header;
import org.facteur.imap.search.SearchKey.Not;
import org.facteur.imap.search.SearchKey.Or;
import org.facteur.imap.search.SearchRequest.Return;
import org.facteur.imap.syntax.Arguments;
import org.facteur.imap.syntax.SyntaxError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchParserTest {
    @Test
    void readsKeysTogether() {
        assertThat(parse(" UNSEEN SINCE 1-Feb-1994 NOT FROM \"Smith\"").key())
                .isEqualTo(new And(List.of(
                        new Not(new Flag("\\Seen")),
                        new Dated(DateKind.INTERNAL, DateOrder.SINCE, LocalDate.of(1994, 2, 1)),
                        new Not(new Header("FROM", "Smith")))));
    }

    @Test
    void readsNestedKeys() {
        assertThat(parse(" OR (SEEN FLAGGED) KEYWORD $Junk").key())
                .isEqualTo(new Or(new And(List.of(new Flag("\\Seen"), new Flag("\\Flagged"))), new Flag("$Junk")));
    }

    @Test
    void readsReturnOptions() {
        SearchRequest request = parse(" RETURN (MIN COUNT) CHARSET UTF-8 ALL");
        assertThat(request.extended()).isTrue();
        assertThat(request.returns()).containsExactlyInAnyOrder(Return.MIN, Return.COUNT);
        assertThat(parse(" RETURN () 1:5").returns()).containsExactly(Return.ALL);
        assertThat(parse(" MODSEQ \"/flags/\\\\draft\" all 620").modseq()).isTrue();
    }

    @Test
    void refusesUnknownCharsets() {
        assertThatThrownBy(() -> parse(" CHARSET KLINGON ALL")).isInstanceOf(SearchParser.BadCharset.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " NOT", " OR SEEN", " ()", " (SEEN", " BEFORE x", " LARGER -1", " RETURN (X) ALL", " 0"
            })
    void refusesWhatIsNoSearch(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SyntaxError.class);
    }

    @Test
    void boundsTheDepth() {
        assertThatThrownBy(() -> parse(" " + "(".repeat(10_000))).isInstanceOf(SyntaxError.class);
        assertThatThrownBy(() -> parse(" " + "NOT ".repeat(10_000))).isInstanceOf(SyntaxError.class);
    }

    @Property
    void takesAnyText(@ForAll @CharRange(from = ' ', to = '~') String text) {
        try {
            parse(" " + text);
        } catch (SyntaxError | SearchParser.BadCharset expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static SearchRequest parse(String text) {
        Arguments in = Arguments.of(text);
        SearchRequest request = SearchParser.parse(in);
        in.end();
        return request;
    }
}
