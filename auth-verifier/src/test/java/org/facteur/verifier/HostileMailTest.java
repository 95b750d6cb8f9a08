package org.facteur.verifier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages made to break the stage: each gets its verdict, and costs no more than a bounded part of it in memory. */
class HostileMailTest {
    private static final int LONGEST_HEADER = 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private final FakeDns dns = Messages.dns();
    private final GeneratedBodies bodies = new GeneratedBodies();
    private final Desk desk = new Desk(vertx, dns, bodies);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void headerOfTenMegabytesEndsAtTheFirst() {
        desk.handle(bodies.of(
                Messages.signed(Messages.message()).replace("\r\n\r\n", "\r\n"), "X-Line: 0123456\r\n", 10 << 20));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(desk.results())
                .contains("dkim=policy reason=\"header is too long, not verified\"")
                .contains("dmarc=permerror");
        assertThat(bodies.longestRead()).isLessThanOrEqualTo(LONGEST_HEADER);
    }

    @Test
    void headerOfOneLineOfTenMegabytes() {
        desk.handle(bodies.of("DKIM-Signature: v=1; b=", "A", 10 << 20));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(desk.results()).contains("dkim=policy reason=\"header is too long, not verified\"");
        assertThat(bodies.longestRead()).isLessThanOrEqualTo(LONGEST_HEADER);
    }

    @Test
    void messageWithoutAnyHeader() {
        desk.handle(bodies.of("\r\n", "no header at all\r\n", 1 << 20));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(desk.results()).contains("dkim=none").contains("dmarc=permerror");
    }

    @Test
    void millionAddressesInFrom() {
        desk.handle(bodies.of("From: ", "a@example.org,\r\n ", 1_000_000 * 17));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(dns.asked()).hasSizeLessThan(10);
    }

    @Test
    void manyDifferentDomainsInFromAreNotAskedFor() {
        String many =
                IntStream.range(0, 20_000).mapToObj(i -> "a@d" + i + ".example").collect(Collectors.joining(", "));
        desk.handle(inline("From: " + many + "\r\n\r\nx"));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(dns.asked()).hasSizeLessThan(30);
    }

    @Test
    void millionReceivedFields() {
        desk.handle(bodies.of("", "Received: x\r\n", 1_000_000 * 13));
        assertThat(desk.verdict()).isEqualTo(Verdict.quarantine("m1"));
        assertThat(bodies.longestRead()).isLessThanOrEqualTo(LONGEST_HEADER);
    }

    @Test
    void moreFieldsThanAreToldApart() {
        String signed = Messages.signed(Messages.message());
        desk.handle(inline("A:\r\n".repeat(10_000) + signed));
        assertThat(desk.results()).contains("dkim=none").contains("dmarc=permerror");
        desk.handle(inline(signed.replace("\r\n\r\n", "\r\n" + "A:\r\n".repeat(10_000) + "\r\n")));
        assertThat(desk.results()).contains("dkim=policy reason=\"header is too long, not verified\"");
        desk.handle(inline("A:\r\n".repeat(9_000) + signed));
        assertThat(desk.results()).contains("dkim=pass").contains("dmarc=pass");
    }

    @Test
    void thousandSignatures() {
        String field = "DKIM-Signature: v=1; a=rsa-sha256; d=d%d.example; s=s; h=from; bh=AAAA; b=AAAA\r\n";
        String fields = IntStream.range(0, 1000).mapToObj(field::formatted).collect(Collectors.joining());
        desk.handle(inline(fields + Messages.message()));
        assertThat(desk.results().split("dkim=permerror", -1)).hasSize(11);
        assertThat(desk.results())
                .contains("dkim=policy reason=\"too many signatures")
                .contains("dmarc=pass");
        assertThat(dns.asked().stream().filter(asked -> asked.contains("_domainkey")))
                .hasSize(10);
    }

    @Test
    void signatureThatNamesMoreFieldsThanThereCanBe() {
        String names = "a:".repeat(100_000) + "from";
        String field = "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=sel; h=" + names + "; bh=AAAA; b=AAAA\r\n";
        desk.handle(inline(field + Messages.message()));
        assertThat(desk.results()).contains("dkim=neutral reason=\"more than 1000 names in h=\"");
    }

    @Test
    void zerosAndEightBitOctetsAnywhere() {
        String binary = IntStream.range(0, 256)
                .mapToObj(i -> String.valueOf((char) i))
                .collect(Collectors.joining())
                .repeat(100);
        for (String message : List.of(
                binary,
                "From: a@example.org\u0000\r\nDKIM-Signature: " + binary + "\r\n\r\n" + binary,
                "From: \u00ff\u0000@\u00fe.example\r\n" + binary,
                "DKIM-Signature: v=1; a=rsa-sha256; d=\u00ff\u00fe; s=\u0000; h=from; bh=AA; b=AA\r\n\r\n")) {
            desk.handle(inline(message));
            assertThat(desk.verdict().decision()).isNotEqualTo(Verdict.Decision.ACCEPT);
            assertThat(desk.results()).doesNotContainPattern("[^\\x20-\\x7e\\r\\n]");
        }
    }

    @Test
    void fiftyMegabytesPassThroughInPieces() {
        String start = Messages.signed(Messages.message());
        String line = "a line of text of 32 octets, ..\r\n";
        desk.handle(bodies.of(start, line, 50 << 20));
        assertThat(desk.results())
                .contains("dkim=fail reason=\"body hash mismatch\"")
                .contains("spf=pass");
        assertThat(bodies.longestRead()).isLessThanOrEqualTo(64 * 1024);
        assertThat(bodies.octetsStreamed()).isEqualTo((50 << 20) - bodies.longestRead());
    }

    private static Body inline(String message) {
        return new Body.Inline(message.getBytes(ISO_8859_1));
    }
}
