package org.facteur.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdnTest {
    /** Among them the samples of RFC 3492 section 7.1 that are one label, in lower case. */
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.com., example.com.",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.Example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "straße.example, xn--strae-oqa.example",
        "faß.de, xn--fa-hia.de",
        "βόλος.com, xn--nxasmm1c.com",
        "ΒΌΛΟΣ.com, xn--nxasmq6b.com",
        "例え。テスト, xn--r8jz45g.xn--zckzah",
        "ｅｘａｍｐｌｅ．ｃｏｍ, example.com",
        "ex\u00adämple.com, xn--exmple-cua.com",
        "ليهمابتكلموشعربي؟, xn--egbpdaj6bu4bxfgehfvwxn",
        "他们为什么不说中文, xn--ihqwcrb4cv8a8dqg056pqjye",
        "pročprostěnemluvíčesky, xn--proprostnemluvesky-uyb24dma41a",
        "למההםפשוטלאמדבריםעברית, xn--4dbcagdahymbxekheh6e0a7fei0b",
        "почемужеонинеговорятпорусски, xn--b1abfaaepdrnnbgefbadotcwatmq2g4l",
        "3年b組金八先生, xn--3b-ww4c5e180e575a65lsy2b",
        "ü..example, xn--tda..example",
        ".ü.example, .xn--tda.example",
    })
    void becomesLabelsOfDns(String name, String ascii) {
        assertThat(Idn.toAscii(name)).contains(ascii);
    }

    @ParameterizedTest
    @CsvSource({"70, ü", "300, é", "100000, 中", "60, \ufdfa"})
    void whatIsTooLongHasNone(int times, String letter) {
        assertThat(Idn.toAscii(letter.repeat(times) + ".example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "\ufffd.example",
        "\u00fc\u0000.example",
        "\u00fc \u00fc.example",
        "\u2028.example",
        "\ue000.example",
        "\u0378.example"
    })
    void whatNoNameContainsHasNone(String name) {
        assertThat(Idn.toAscii(name)).isEmpty();
    }

    /** Where both standards agree, so do we and the JDK. */
    @Property(tries = 1000)
    void agreesWithTheJdk(
            @ForAll @CharRange(from = 'à', to = 'ö') @CharRange(from = 'a', to = 'z') @StringLength(min = 1, max = 20)
                    String label) {
        assertThat(Idn.toAscii(label)).contains(IDN.toASCII(label));
    }

    @Property(tries = 2000)
    void readsAnything(@ForAll String name) {
        assertThat(Idn.toAscii(name).orElse("")).matches(ascii -> Ascii.only(ascii));
    }

    @Property(tries = 500)
    void isDoneOnce(@ForAll String name) {
        Optional<String> ascii = Idn.toAscii(name);
        assertThat(ascii.flatMap(Idn::toAscii)).isEqualTo(ascii);
    }
}
