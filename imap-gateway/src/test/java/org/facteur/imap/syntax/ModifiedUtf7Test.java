package org.facteur.imap.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INBOX;INBOX",
                "Entw&APw-rfe;Entwürfe",
                "~peter/mail/&U,BTFw-/&ZeVnLIqe-;~peter/mail/台北/日本語",
                "A&-B;A&B",
                "&2D3eAA-;😀"
            })
    void writesAndReads(String wire, String name) {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
        assertThat(ModifiedUtf7.decode(wire)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "a&b", "&!-", "&2D0-"})
    void knowsWhatIsNotWellFormed(String wire) {
        assertThat(ModifiedUtf7.decode(wire)).isEmpty();
    }

    @Property
    void readsBackWhatItWrites(@ForAll String text) {
        String name = text.replaceAll("[\\ud800-\\udfff]", "");
        assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode(name))).contains(name);
    }
}
