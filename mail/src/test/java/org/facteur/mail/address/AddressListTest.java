package org.facteur.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5322 section 3.4 and appendix A; in the table a mailbox is {@code {name|local|domain}}, a group {@code name:…;}. */
class AddressListTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            John Doe <jdoe@machine.example>              ~ {John Doe|jdoe|machine.example}
            jdoe@one.test                                ~ {|jdoe|one.test}
            "Joe Q. Public" <john.q.public@example.com>  ~ {Joe Q. Public|john.q.public|example.com}
            Joe Q. Public <john.q.public@example.com>    ~ {Joe Q. Public|john.q.public|example.com}
            <boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net> ~ {|boss|nil.test}{Giant; "Big" Box|sysservices|example.net}
            A Group:Ed Jones <c@a.test>,joe@where.test;  ~ A Group:{Ed Jones|c|a.test}{|joe|where.test};
            Undisclosed recipients:;                     ~ Undisclosed recipients:;
            Pete(A nice \\) chap) <pete(his account)@silly.test(his host)> ~ {Pete|pete|silly.test}
            (Empty list)(start)Hidden recipients  :(nobody(that I know))  ; ~ Hidden recipients:;
            Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example ~ {Mary Smith|mary|example.net}{|jdoe|test.example}
            jdoe . x@test (John)                         ~ {John|jdoe.x|test}
            =?UTF-8?Q?a=2Cb?= =?UTF-8?Q?c?= <a@b>        ~ {=?UTF-8?Q?a=2Cb?= =?UTF-8?Q?c?=|a|b}
            a@good.example <b@evil.example>              ~ {a@good.example|b|evil.example}
            <a@good.example> <b@evil.example>            ~ {|a|good.example}{|b|evil.example}
            a@good.example b@evil.example                ~ {|a|good.example}{|b|evil.example}
            a@good.example@evil.example                  ~ {|a|good.example@evil.example}
            <a@good.example@evil.example>                ~ {|a|good.example@evil.example}
            <a@b, c@d                                    ~ {|a|b}{|c|d}
            root                                         ~ {|root|}
            <>                                           ~ {||}
            "unterminated <a@b>                          ~ {|unterminated <a@b>|}
            a@[192.0.2.1]                                ~ {|a|[192.0.2.1]}
            ,;:                                          ~ :;
            """)
    void showsWhatTheFieldSays(String value, String expected) {
        assertThat(show(AddressList.parse(value))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                        "a", "b.c", ".", "@", "<", ">", ",", ";", ":", "\"", "(", ")", "\\", "[", "]", " ", "\r\n ",
                        "é")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 5000)
    void takesAnyText(@ForAll("values") String value) {
        AddressList.parse(value).mailboxes().forEach(ListedMailbox::address);
    }

    private static String show(AddressList list) {
        return list.entries().stream()
                .map(entry -> entry instanceof ListedGroup group
                        ? group.name() + ":" + show(new AddressList(List.copyOf(group.mailboxes()))) + ";"
                        : entry.mailboxes().stream()
                                .map(mailbox -> "{" + mailbox.displayName().orElse("") + "|" + mailbox.local() + "|"
                                        + mailbox.domain() + "}")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }
}
