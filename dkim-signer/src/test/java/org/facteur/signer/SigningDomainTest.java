package org.facteur.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.facteur.mail.dkim.RawHeader;
import org.facteur.mail.record.Client;
import org.facteur.mail.record.Submitted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningDomainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice@Example.ORG | example.org",
                "Alice <alice@example.org> | example.org",
                "\"a@evil.test\" <alice@example.org> | example.org",
                "alice@example.org (a@evil.test) | example.org",
                "\"Alice, <x@evil.test>\" <alice@example.org> | example.org",
                "Alice~<alice@example.org> | example.org",
                "alice@example.org, bob@example.net | example.net",
                "team: alice@example.org; | example.org",
                "<alice@b\u00fccher.example> | xn--bcher-kva.example",
                "no address at all | account.test",
                "undisclosed:; | account.test",
                "'' | account.test"
            })
    void theAuthorsDomain(String from, String domain) {
        assertThat(of("From: " + from.replace("~", "\r\n\t") + "\r\nSubject: x\r\n\r\n"))
                .isEqualTo(domain);
    }

    @Test
    void theAccountsWithoutExactlyOneFrom() {
        assertThat(of("Subject: x\r\n\r\n")).isEqualTo("account.test");
        assertThat(of("From: a@example.org\r\nFrom: b@example.org\r\n\r\n")).isEqualTo("account.test");
    }

    private static String of(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return SigningDomain.of(
                RawHeader.parse(bytes, 0, bytes.length),
                new Submitted(
                        1,
                        "m",
                        Instant.EPOCH,
                        Submitted.Origin.SUBMISSION,
                        "bob@Account.test",
                        new Client("", "", ""),
                        "bob@account.test",
                        List.of(),
                        false,
                        ""));
    }
}
