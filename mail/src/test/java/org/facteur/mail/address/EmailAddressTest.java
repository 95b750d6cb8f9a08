package org.facteur.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Ann@Example.ORG            | ann@example.org
            a.b+c@x.example            | a.b+c@x.example
            "a b"@x.example            | "a b"@x.example
            "a.b"@x.example            | a.b@x.example
            "a@b\\\\""@x.example       | "a@b\\""@x.example
            jörg@bücher.example        | jörg@xn--bcher-kva.example
            x@XN--BCHER-KVA.example    | x@xn--bcher-kva.example
            a@[192.0.2.1]              | a@[192.0.2.1]
            a@[IPv6:2001:DB8::1]       | a@[ipv6:2001:db8::1]
            a@localhost                | a@localhost
            """)
    void hasOneKeyInTheDirectory(String text, String key) {
        EmailAddress address = EmailAddress.parse(text.replace("\\\\", "\\")).orElseThrow();
        assertThat(address.normalized()).isEqualTo(key.replace("\\\\", "\\"));
        assertThat(EmailAddress.parse(address.toString())).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@x",
                "a@",
                "a@@b",
                "a b@c",
                "a..b@c",
                ".a@c",
                "a.@c",
                "\"a@b",
                "\"\"@b",
                "a@-b",
                "a@b-",
                "a@b..c",
                "a@.b",
                "a@b.",
                "a@[1.2.3]",
                "a@[1.2.3.256]",
                "a@[]",
                "a@[IPv6:x]",
                "a@b c",
                "a@b>",
                "\"a\nb\"@c",
                "a@b\r\n"
            })
    void isNothingElse(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void hasDetail() {
        EmailAddress address = EmailAddress.parse("ann+shop+x@example.org").orElseThrow();
        assertThat(address.detail()).contains("shop+x");
        assertThat(address.withoutDetail().toString()).isEqualTo("ann@example.org");
        assertThat(EmailAddress.parse("+x@example.org").orElseThrow().detail()).isEmpty();
    }

    @Test
    void needsSmtpUtf8ForItsLocalPartOnly() {
        assertThat(EmailAddress.parse("jörg@x.example").orElseThrow().needsSmtpUtf8())
                .isTrue();
        assertThat(EmailAddress.parse("x@bücher.example").orElseThrow().needsSmtpUtf8())
                .isFalse();
    }

    @Test
    void readsPaths() {
        assertThat(ReversePath.parse("<>")).contains(ReversePath.NULL);
        assertThat(ReversePath.parse("<@a.example,@b.example:u@c.example>").orElseThrow())
                .hasToString("<u@c.example>");
        assertThat(ReversePath.parse("<u@c.example")).isEmpty();
        assertThat(ReversePath.NULL.isNull()).isTrue();
        assertThat(ReversePath.NULL.text()).isEmpty();
    }

    @Property(tries = 2000)
    void takesAnyText(@ForAll String text) {
        EmailAddress.parse(text);
        ReversePath.parse(text);
        EmailAddress.parse("a@" + text).ifPresent(EmailAddress::normalized);
        EmailAddress.parse('"' + text + "\"@x.example")
                .ifPresent(found ->
                        assertThat(EmailAddress.parse(found.toString())).contains(found));
    }
}
