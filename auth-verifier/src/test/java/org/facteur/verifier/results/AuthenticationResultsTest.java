package org.facteur.verifier.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.facteur.mail.dkim.DkimResult;
import org.facteur.verifier.ArcChains;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.content.Finding;
import org.facteur.verifier.content.ScanResult;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcRecord;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.spf.SpfResult;
import org.facteur.verifier.spf.SpfStatus;
import org.junit.jupiter.api.Test;

class AuthenticationResultsTest {
    @Test
    void tellsEveryMethod() {
        Verification found = new Verification(
                ClientAddress.parse("192.0.2.1").orElseThrow(),
                "alice@example.org",
                "mail.example.org",
                new IprevResult(IprevResult.Status.PASS, "mail.example.org"),
                new SpfResult(SpfStatus.PASS, "example.org", true, "", ""),
                List.of(),
                List.of(new DmarcResult(
                        DmarcResult.Status.PASS,
                        "example.org",
                        "example.org",
                        DmarcRecord.parse("v=DMARC1; p=reject"),
                        DmarcPolicy.NONE,
                        false,
                        true,
                        "")),
                ArcChains.NONE,
                List.of(new DnsblResult(DnsblResult.Status.FAIL, "list.example", "127.0.0.2", "x")),
                List.of());
        assertThat(AuthenticationResults.field("mx.example.net", found)).isEqualTo("""
                        Authentication-Results: mx.example.net;\r
                        \tiprev=pass policy.iprev=192.0.2.1 (mail.example.org);\r
                        \tspf=pass smtp.mailfrom=alice@example.org;\r
                        \tdkim=none;\r
                        \tdmarc=pass header.from=example.org policy.dmarc=none\r
                        \t policy.domain=example.org;\r
                        \tarc=none;\r
                        \tdnsbl=fail dns.zone=list.example policy.ip=127.0.0.2\r
                        """);
    }

    @Test
    void hostileTextStaysInside() {
        Verification found = new Verification(
                ClientAddress.parse("2001:db8::1").orElseThrow(),
                "",
                "evil\r\nX: y; \"é\" <x>",
                new IprevResult(IprevResult.Status.FAIL, "a)b(c\\.example"),
                new SpfResult(SpfStatus.PERMERROR, "", false, "bad \"record\"\r\nBcc: x", ""),
                List.of(new DkimResult(DkimResult.Status.NEUTRAL, "tag b= is missing", Optional.empty(), 0)),
                List.of(new DmarcResult(
                        DmarcResult.Status.PERMERROR,
                        "",
                        "",
                        Optional.empty(),
                        DmarcPolicy.NONE,
                        false,
                        false,
                        "no address in From")),
                ArcChains.NONE,
                List.of(),
                List.of(new ScanResult(
                        "clamd",
                        Finding.REJECT,
                        "",
                        "",
                        List.of(new ScanResult.Property("policy.virus", "a\"b\r\nBcc: x")),
                        "x)y")));
        String field = AuthenticationResults.field("mx.example.net", found);
        assertThat(field).isEqualTo("""
                        Authentication-Results: mx.example.net;\r
                        \tiprev=fail policy.iprev="2001:db8::1" (a?b?c?.example);\r
                        \tspf=permerror reason="bad 'record'??Bcc: x"\r
                        \t smtp.helo="evil??X: y; '?' <x>";\r
                        \tdkim=neutral reason="tag b= is missing";\r
                        \tdmarc=permerror reason="no address in From";\r
                        \tarc=none;\r
                        \tx-clamd=fail policy.virus="a'b??Bcc: x" (x?y)\r
                        """);
    }
}
