package org.facteur.admin.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import org.facteur.mail.record.AuthObservation;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private final FakeDns dns = new FakeDns()
            .txt("blue.example.com._report._dmarc.red.example.net", "v=DMARC1")
            .txt("blue.example.com._report._dmarc.other.test", "v=spf1 -all", "DMARC1")
            .txt("blue.example.com._report._dmarc.moves.test", "v=DMARC1; rua=mailto:here@moves.test")
            .txt("blue.example.com._report._dmarc.away.test", "v=DMARC1; rua=mailto:victim@victim.test")
            .txt("blue.example.com._report._dmarc.two.test", "junk", "v=DMARC1;")
            .txt("_dmarc.example.com", "v=DMARC1; p=none")
            .txt("_dmarc.suffix.test", "v=DMARC1; p=none; psd=y")
            .fail("blue.example.com._report._dmarc.silent.test");

    @ParameterizedTest
    @CsvSource({
        "mailto:a@blue.example.com, a@blue.example.com",
        "MAILTO:a@Blue.Example.Com, a@blue.example.com",
        "mailto:a@sub.blue.example.com, a@sub.blue.example.com",
        "mailto:a@example.com, a@example.com",
        "mailto:reports@red.example.net, reports@red.example.net",
        "mailto:a@two.test, a@two.test",
        "mailto:a@moves.test, here@moves.test",
        "mailto:a@away.test, ''",
        "mailto:a@other.test, ''",
        "mailto:a@nobody.test, ''",
        "mailto:a@com, ''",
        "https://blue.example.com/, ''",
        "mailto:, ''",
        "mailto:a%40blue.example.com, a@blue.example.com",
        "mailto:a%zz@blue.example.com, ''",
        "mailto:a%0d%0ab@blue.example.com, ''",
    })
    void onlyThoseThatAgreeAreWrittenTo(String uri, String address) {
        assertThat(of("blue.example.com", "u", uri).result())
                .extracting(ReportUri::address)
                .isEqualTo(address.isEmpty() ? List.of() : List.of(address));
    }

    @Test
    void whatIsBelowAPublicSuffixIsSomebodyElses() {
        assertThat(of("me.suffix.test", "u", "mailto:a@suffix.test").result()).isEmpty();
        assertThat(of("suffix.test", "y", "mailto:a@me.suffix.test").result()).isEmpty();
        assertThat(of("org.example.com", "n", "mailto:a@example.com").result())
                .as("psd=n: an organization of its own")
                .isEmpty();
    }

    @Test
    void dnsTroubleIsNoAnswer() {
        assertThat(of("blue.example.com", "u", "mailto:a@silent.test").cause())
                .isInstanceOf(Destinations.NoAnswer.class);
    }

    @Test
    void eachAddressIsToldOnceAndTheyAreFew() {
        assertThat(of("a.test", "u", "mailto:x@a.test", "mailto:x@a.test").result())
                .hasSize(1);
        String[] many = new String[20];
        for (int i = 0; i < many.length; i++) {
            many[i] = "mailto:x" + i + "@a.test";
        }
        assertThat(of("a.test", "u", many).result()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "!10, 10",
        "!10k, 10240",
        "!10M, 10485760",
        "!1g, 1073741824",
        "!999999999999t, 9223372036854775807",
        "'', 9223372036854775807"
    })
    void sizeLimitsAreRead(String suffix, long most) {
        assertThat(ReportUri.parse("mailto:a@b.test" + suffix).orElseThrow().most())
                .isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailto:a@b.test!",
                "mailto:a@b.test!10x",
                "mailto:a@b.test!!1",
                "a@b.test",
                "mailto:a@[192.0.2.1]"
            })
    void whatIsNoDestinationIsNone(String uri) {
        assertThat(ReportUri.parse(uri)).isEmpty();
    }

    private Future<List<ReportUri>> of(String domain, String psd, String... rua) {
        return new Destinations(dns)
                .of(new AuthObservation.Published(domain, "none", "none", "none", "r", "r", false, psd, List.of(rua)));
    }
}
