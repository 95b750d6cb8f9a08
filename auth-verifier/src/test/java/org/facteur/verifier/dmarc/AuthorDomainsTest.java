package org.facteur.verifier.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorDomainsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "alice@example.org | example.org",
                "Alice <alice@Example.ORG> | example.org",
                "'\"a@b.example, c\" <alice@example.org>' | example.org",
                "trusted@bank.example <eve@evil.example> | evil.example",
                "<eve@evil.example> trusted@bank.example | evil.example",
                "alice@example.org (bob@example.net) | example.org",
                "(a (nested) \\) x@y.example) alice@example.org | example.org",
                "\"odd @ local\"@example.org | example.org",
                "<\"x>@b.example\"@example.org> | example.org",
                "alice@example.org, Bob <bob@example.net> | example.org example.net",
                "Team: a@x.example, b@y.example; | x.example y.example",
                "Alice <alice@b\u00fccher.example> | xn--bcher-kva.example",
                "<@relay.example:alice@example.org> | example.org",
                "alice @ example . org | example.org",
                "alice@example.org. | example.org",
                "<a@x.example><b@y.example> | x.example y.example",
                "undisclosed:; | ''",
                "alice | ''",
                "alice@localhost | ''",
                "alice@[192.0.2.1] | ''",
                "alice@exa_mple..org | ''",
                "'' | ''",
                "<<a@x.example>> | x.example",
                "\"unfinished <a@x.example> | ''",
            })
    void findsTheDomains(String from, String domains) {
        assertThat(String.join(" ", AuthorDomains.of(List.of(from)))).isEqualTo(domains);
    }

    @Property(tries = 1000)
    void readsAnything(@ForAll String from) {
        assertThat(AuthorDomains.of(List.of(from, from))).allMatch(domain -> domain.matches("[a-z0-9_.-]+"));
    }

    @Property(tries = 500)
    void recordsAreReadFromAnything(@ForAll String text) {
        assertThat(DmarcRecord.parse("v=DMARC1;" + text)).isPresent();
        assertThat(DmarcRecord.parse(text)).isNotNull();
    }
}
