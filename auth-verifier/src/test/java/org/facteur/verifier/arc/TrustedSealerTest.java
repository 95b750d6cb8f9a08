package org.facteur.verifier.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedSealerTest {
    @ParameterizedTest
    @CsvSource({
        "lists.test,     lists.test,              true",
        "Lists.TEST,     lists.test,              true",
        "lists.test,     a.lists.test,            false",
        ".lists.test,    lists.test,              true",
        ".lists.test,    a.b.lists.test,          true",
        ".lists.test,    evillists.test,          false",
        "bücher.example, xn--bcher-kva.example,   true",
        ".bücher.example, l.xn--bcher-kva.example, true",
    })
    void coversItselfAndWithADotWhatIsBelow(String setting, String sealer, boolean covered) {
        assertThat(TrustedSealer.parse(setting).covers(sealer)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "test",
                "..test",
                "*.lists.test",
                "a@lists.test",
                "lists..test",
                "lists.test.",
                "\ufffd.test"
            })
    void whatIsNoDomainIsRefused(String setting) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedSealer.parse(setting));
    }
}
