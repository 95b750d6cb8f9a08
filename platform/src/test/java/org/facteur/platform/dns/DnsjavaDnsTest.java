package org.facteur.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The adapter against a server of our own. */
class DnsjavaDnsTest {

    private static final String LONG = "x".repeat(200);

    private static ZoneServer server;
    private static Dns dns;

    @BeforeAll
    static void start() throws IOException {
        server = ZoneServer.start("""
                example.org.        600 IN SOA ns.example.org. root.example.org. 1 3600 600 86400 42
                example.org.        60  IN TXT "v=spf1 include:" "example.net -all"
                example.org.        90  IN TXT "second \\195\\169"
                example.org.            IN MX 20 MX2.example.org.
                example.org.            IN MX 10 mx1.example.org.
                null.example.org.       IN MX 0 .
                mx1.example.org.        IN A 192.0.2.1
                mx1.example.org.        IN AAAA 2001:db8::1
                mapped.example.org.     IN AAAA ::ffff:192.0.2.9
                www.example.org.    30  IN CNAME Example.org.
                nowhere.example.org.    IN CNAME gone.example.org.
                a.loop.example.org.     IN CNAME b.loop.example.org.
                b.loop.example.org.     IN CNAME a.loop.example.org.
                *.wild.example.org.     IN TXT "wild"
                1.2.0.192.in-addr.arpa. IN PTR Mx1.example.org.
                _25._tcp.mx1.example.org. IN TLSA 3 1 1 00112233
                broken.example.org.     IN TXT "never seen"
                silent.example.org.     IN TXT "never seen"
                slow.example.org.       IN TXT "slow"
                cut.example.org.        IN TXT "whole"
                sure.example.org.       IN TXT "signed"
                """);
        for (int i = 0; i < 20; i++) {
            server.add("large.example.org. IN TXT \"" + i + LONG + "\"");
        }
        server.fail("broken.example.org")
                .silence("silent.example.org")
                .delay("slow.example.org", Duration.ofMillis(50))
                .truncate("cut.example.org")
                .vouch("sure.example.org");
        dns = new DnsjavaDns(new DnsSettings(List.of(server.address()), Duration.ofMillis(300), 1));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void stringsOfOneRecordAreJoinedAndRecordsAreNot() {
        DnsAnswer<String> answer = dns.txt("EXAMPLE.org.").await();
        assertThat(answer.records())
                .containsExactlyInAnyOrder("v=spf1 include:example.net -all", "second \u00c3\u00a9");
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(answer.authentic()).isFalse();
    }

    @Test
    void mailExchangersAreSorted() {
        assertThat(dns.mx("example.org").await().records())
                .containsExactly(new MxRecord(10, "mx1.example.org"), new MxRecord(20, "mx2.example.org"));
        assertThat(dns.mx("null.example.org").await().records().get(0).isNull()).isTrue();
    }

    @Test
    void addressesHaveTheirFamily() throws IOException {
        assertThat(dns.a("mx1.example.org").await().records()).hasToString("[/192.0.2.1]");
        assertThat(dns.aaaa("mx1.example.org").await().records()).hasToString("[/2001:db8:0:0:0:0:0:1]");
        assertThat(dns.aaaa("mapped.example.org").await().records()).hasSize(1);
        assertThat(dns.ptr(InetAddress.getByName("192.0.2.1")).await().records())
                .containsExactly("mx1.example.org");
        assertThat(dns.tlsa("_25._tcp.mx1.example.org").await().records().get(0).data())
                .containsExactly(0, 0x11, 0x22, 0x33);
    }

    @Test
    void aliasesAreFollowed() {
        DnsAnswer<String> answer = dns.txt("www.example.org").await();
        assertThat(answer.records()).hasSize(2);
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(dns.txt("nowhere.example.org").await().status()).isEqualTo(DnsAnswer.Status.NX_DOMAIN);
        assertThat(dns.txt("a.loop.example.org").await().isFound()).isFalse();
        assertThat(dns.txt("any.wild.example.org").await().records()).containsExactly("wild");
    }

    @Test
    void absencesLastAsTheSoaSays() {
        DnsAnswer<String> none = dns.txt("nobody.example.org").await();
        assertThat(none).isEqualTo(new DnsAnswer.NxDomain<String>(Duration.ofSeconds(42), false));
        assertThat(dns.txt("mx1.example.org").await())
                .isEqualTo(new DnsAnswer.NoData<String>(Duration.ofSeconds(42), false));
        assertThat(dns.txt("_tcp.mx1.example.org").await().status()).isEqualTo(DnsAnswer.Status.NO_DATA);
        assertThat(dns.txt("a..b").await().status()).isEqualTo(DnsAnswer.Status.NX_DOMAIN);
        assertThat(dns.txt("y".repeat(64) + ".org").await().status()).isEqualTo(DnsAnswer.Status.NX_DOMAIN);
    }

    @Test
    void failuresAreTemporary() throws IOException {
        assertThat(dns.txt("broken.example.org").await()).isEqualTo(new DnsAnswer.TemporaryFailure<String>("SERVFAIL"));
        assertThat(dns.txt("silent.example.org").await()).isEqualTo(new DnsAnswer.TemporaryFailure<String>("timeout"));
        ZoneServer gone = ZoneServer.start("");
        Dns nobody = new DnsjavaDns(new DnsSettings(List.of(gone.address()), Duration.ofMillis(200), 1));
        gone.close();
        assertThat(nobody.a("example.org").await().isTemporaryFailure()).isTrue();
    }

    @Test
    void anotherServerIsAskedWhenOneIsSilent() throws IOException {
        try (ZoneServer deaf = ZoneServer.start("").silence("slow.example.org")) {
            Dns two = new DnsjavaDns(
                    new DnsSettings(List.of(deaf.address(), server.address()), Duration.ofMillis(200), 2));
            assertThat(two.txt("slow.example.org").await().records()).containsExactly("slow");
        }
    }

    @Test
    void truncatedAnswersComeOverTcp() {
        long before = server.tcpQueries();
        assertThat(dns.txt("cut.example.org").await().records()).containsExactly("whole");
        assertThat(dns.txt("large.example.org").await().records()).hasSize(20);
        assertThat(server.tcpQueries()).isEqualTo(before + 2);
    }

    @Test
    void signedAnswersAreAuthentic() {
        assertThat(dns.txt("sure.example.org").await().authentic()).isTrue();
    }

    @Test
    void answersComeOnTheContextThatAsked() {
        Vertx vertx = Vertx.vertx();
        try {
            Promise<Boolean> same = Promise.promise();
            Context context = vertx.getOrCreateContext();
            context.runOnContext(any ->
                    dns.txt("slow.example.org").onComplete(answer -> same.complete(Vertx.currentContext() == context)));
            assertThat(same.future().await()).isTrue();
        } finally {
            Future<Void> closed = vertx.close();
            closed.await();
        }
    }
}
