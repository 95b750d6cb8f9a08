package org.facteur.platform.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.facteur.mail.address.EmailAddress;
import org.facteur.mail.record.AddressEntry;
import org.facteur.mail.record.DomainEntry;
import org.facteur.mail.record.Recipient;
import org.facteur.mail.record.UsageEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {
    private final MapTable<DomainEntry> domains = new MapTable<>();
    private final MapTable<AddressEntry> addresses = new MapTable<>();
    private final MapTable<UsageEntry> usage = new MapTable<>();
    private final Directory directory = new Directory(domains, addresses, usage);

    DirectoryTest() {
        domain("here.test");
        domain("other.test");
        domain("xn--bcher-kva.test");
        account("alice@here.test", 0);
        account("bob@here.test", 1000);
        account("j\u00fcrgen@here.test", 0);
        account("carol@xn--bcher-kva.test", 0);
        alias("team@here.test", "alice@here.test", "bob@here.test");
        alias("all@here.test", "team@here.test", "carol@there.test");
        alias("loop-a@here.test", "loop-b@here.test");
        alias("loop-b@here.test", "loop-a@here.test", "alice@here.test");
        alias("self@here.test", "nobody@here.test");
        alias("away@here.test", "me@there.test");
        alias("*@other.test", "alice@here.test");
        alias("special+exact@here.test", "bob@here.test");
    }

    @ParameterizedTest
    @CsvSource({
        "alice@here.test, alice@here.test",
        "ALICE@Here.TEST, alice@here.test",
        "alice+news@here.test, alice@here.test",
        "alice+a+b@here.test, alice@here.test",
        "special+exact@here.test, bob@here.test",
        "team@here.test, alice@here.test bob@here.test",
        "team+x@here.test, alice@here.test bob@here.test",
        "all@here.test, alice@here.test bob@here.test carol@there.test",
        "loop-a@here.test, alice@here.test",
        "loop-b@here.test, alice@here.test",
        "away@here.test, me@there.test",
        "anything@other.test, alice@here.test",
        "any+thing@other.test, alice@here.test",
        "postmaster@here.test, alice@here.test",
        "Postmaster@here.test, alice@here.test",
        "postmaster@other.test, alice@here.test",
        "postmaster@xn--bcher-kva.test, carol@xn--bcher-kva.test",
        "J\u00dcRGEN@here.test, j\u00fcrgen@here.test",
        "ju\u0308rgen@here.test, j\u00fcrgen@here.test",
        "carol@b\u00fccher.test, carol@xn--bcher-kva.test",
        "Carol@B\u00dcCHER.test, carol@xn--bcher-kva.test",
        "\"alice\"@here.test, alice@here.test"
    })
    void leadsTo(String forwardPath, String targets) {
        Resolution resolution = directory.resolve(forwardPath);
        assertThat(resolution.kind()).isEqualTo(Resolution.Kind.FOUND);
        assertThat(resolution.recipients()).extracting(Recipient::target).containsExactlyInAnyOrder(targets.split(" "));
        assertThat(resolution.recipients()).allSatisfy(recipient -> {
            assertThat(recipient.original()).isEqualTo(forwardPath);
            assertThat(recipient.local()).isEqualTo(!recipient.target().endsWith("@there.test"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "nobody@here.test, UNKNOWN",
        "self@here.test, UNKNOWN",
        "+alice@here.test, UNKNOWN",
        "*@here.test, UNKNOWN",
        "alice@there.test, FOREIGN",
        "alice@sub.here.test, FOREIGN",
        "alice, FOREIGN"
    })
    void leadsNowhere(String forwardPath, Resolution.Kind kind) {
        assertThat(directory.resolve(forwardPath).kind()).isEqualTo(kind);
        assertThat(directory.resolve(forwardPath).recipients()).isEmpty();
    }

    @Test
    void everyDomainTakesReports() {
        assertThat(directory.resolve("DMARC-Reports@here.test").recipients())
                .containsExactly(Recipient.reports("DMARC-Reports@here.test", "dmarc-reports@here.test"));
        assertThat(directory.resolve("tls-reports@other.test").recipients())
                .as("before the catch-all")
                .containsExactly(Recipient.reports("tls-reports@other.test", "tls-reports@other.test"));
        assertThat(directory.resolve("dmarc-reports@there.test").kind()).isEqualTo(Resolution.Kind.FOREIGN);
        alias("dmarc-reports@here.test", "alice@here.test");
        assertThat(directory.resolve("dmarc-reports@here.test").recipients())
                .as("an alias of that name comes first")
                .containsExactly(new Recipient("dmarc-reports@here.test", "alice@here.test", true));
        alias("dmarc@here.test", "tls-reports@here.test", "bob@here.test");
        assertThat(directory.resolve("dmarc@here.test").recipients())
                .extracting(Recipient::reports)
                .containsExactly(true, false);
    }

    @Test
    void overQuota() {
        usage.put("bob@here.test", new UsageEntry("bob@here.test", 999, 1));
        assertThat(directory.resolve("bob@here.test").kind()).isEqualTo(Resolution.Kind.FOUND);
        usage.put("bob@here.test", new UsageEntry("bob@here.test", 1000, 1));
        assertThat(directory.resolve("bob@here.test").kind()).isEqualTo(Resolution.Kind.OVER_QUOTA);
        assertThat(directory.resolve("team@here.test").recipients())
                .as("nobody is left out in silence")
                .extracting(Recipient::target)
                .containsExactly("alice@here.test", "bob@here.test");
        alias("copy@here.test", "bob@here.test", "bob@there.test");
        assertThat(directory.resolve("copy@here.test").kind())
                .as("all that are here are full")
                .isEqualTo(Resolution.Kind.OVER_QUOTA);
        usage.put("alice@here.test", new UsageEntry("alice@here.test", Long.MAX_VALUE, 1));
        assertThat(directory.resolve("alice@here.test").kind())
                .as("no quota is no limit")
                .isEqualTo(Resolution.Kind.FOUND);
    }

    @Test
    void aLongChainEnds() {
        for (int i = 0; i < 50; i++) {
            alias("chain" + i + "@here.test", "chain" + (i + 1) + "@here.test");
        }
        alias("chain50@here.test", "alice@here.test");
        assertThat(directory.resolve("chain0@here.test").kind()).isEqualTo(Resolution.Kind.UNKNOWN);
        assertThat(directory.resolve("chain42@here.test").kind()).isEqualTo(Resolution.Kind.FOUND);
    }

    @Test
    void aWideAliasIsTakenAsAWholeOrRefused() {
        alias("wide@here.test", elsewhere(1000));
        assertThat(directory.resolve("wide@here.test").recipients()).hasSize(1000);
        alias("wide@here.test", elsewhere(1001));
        assertThat(directory.resolve("wide@here.test").kind()).isEqualTo(Resolution.Kind.TOO_MANY);
    }

    @Test
    void aliasesThatAllNameEachOtherCostNoMoreThanTheirNumber() {
        String[] web = new String[100];
        for (int i = 0; i < web.length; i++) {
            web[i] = "web" + i + "@here.test";
        }
        for (String address : web) {
            alias(address, web);
        }
        assertThat(directory.resolve("web0@here.test").kind()).isEqualTo(Resolution.Kind.UNKNOWN);
        assertThat(directory.owns("alice@here.test", "web0@here.test")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "here.test, postmaster@here.test",
        "mx1.Here.test, postmaster@here.test",
        "mx.elsewhere.example, postmaster@here.test",
        "localhost, postmaster@here.test"
    })
    void postmasterOfTheHost(String hostname, String address) {
        assertThat(directory.postmaster(hostname)).contains(address);
    }

    private static String[] elsewhere(int number) {
        String[] targets = new String[number];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = "u" + i + "@there.test";
        }
        return targets;
    }

    @Test
    void everyoneOnce() {
        alias("twice@here.test", "alice@here.test", "team@here.test", "alice+x@here.test");
        assertThat(directory.resolve("twice@here.test").recipients()).hasSize(2);
    }

    @Test
    void removedIsUnknown() {
        addresses.remove("alice@here.test");
        assertThat(directory.resolve("alice@here.test").kind()).isEqualTo(Resolution.Kind.UNKNOWN);
        domains.remove("here.test");
        assertThat(directory.resolve("bob@here.test").kind()).isEqualTo(Resolution.Kind.FOREIGN);
    }

    @Test
    void recipientsOfOurOwnMail() {
        assertThat(directory.recipients("alice@here.test"))
                .extracting(Recipient::local)
                .containsExactly(true);
        assertThat(directory.recipients("x@there.test"))
                .extracting(Recipient::local)
                .containsExactly(false);
        assertThat(directory.recipients("nobody@here.test")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@here.test, alice@here.test, true",
        "alice@here.test, Alice+x@HERE.test, true",
        "alice@here.test, team@here.test, true",
        "alice@here.test, all@here.test, true",
        "bob@here.test, all@here.test, true",
        "alice@here.test, loop-a@here.test, true",
        "alice@here.test, whatever@other.test, true",
        "bob@here.test, whatever@other.test, false",
        "alice@here.test, bob@here.test, false",
        "bob@here.test, alice+bob@here.test, false",
        "alice@here.test, away@here.test, false",
        "alice@here.test, x@there.test, false",
        "alice@here.test, nobody@here.test, false",
        "alice@here.test, postmaster@here.test, false",
        "j\u00fcrgen@here.test, J\u00dcRGEN@here.test, true"
    })
    void owns(String account, String address, boolean owns) {
        assertThat(directory.owns(account, address)).isEqualTo(owns);
    }

    @Test
    void accountsOnly() {
        assertThat(directory.account("Alice@Here.test")).isPresent();
        assertThat(directory.account("team@here.test")).isEmpty();
        assertThat(directory.account("alice+x@here.test")).isEmpty();
    }

    /** Whatever an address parses to is found under its normalized form. */
    @ParameterizedTest
    @ValueSource(strings = {"Foo.Bar@Here.TEST", "\"a b\"@here.test", "\u00c9t\u00e9@here.test", "x@B\u00fccher.test"})
    void agreesWithEmailAddress(String text) {
        String key = EmailAddress.parse(text).orElseThrow().normalized();
        account(key, 0);
        assertThat(directory.resolve(text).recipients())
                .extracting(Recipient::target)
                .containsExactly(key);
        assertThat(directory.account(text)).isPresent();
        assertThat(directory.owns(key, text)).isTrue();
    }

    private void domain(String name) {
        domains.put(name, new DomainEntry(name, Instant.EPOCH));
    }

    private void account(String address, long quota) {
        addresses.put(address, AddressEntry.account(address, "", quota, ""));
    }

    private void alias(String address, String... targets) {
        addresses.put(address, AddressEntry.alias(address, List.of(targets)));
    }
}
