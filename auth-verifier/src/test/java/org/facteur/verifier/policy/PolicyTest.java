package org.facteur.verifier.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.facteur.mail.record.Verdict;
import org.facteur.verifier.ArcChains;
import org.facteur.verifier.ClientAddress;
import org.facteur.verifier.client.DnsblResult;
import org.facteur.verifier.client.IprevResult;
import org.facteur.verifier.dmarc.DmarcPolicy;
import org.facteur.verifier.dmarc.DmarcResult;
import org.facteur.verifier.results.Verification;
import org.facteur.verifier.spf.SpfResult;
import org.facteur.verifier.spf.SpfStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    /** Columns: policies (spf dmarc iprev dnsbl), results (iprev spf dmarc requested dnsbl), verdict. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "junk enforce reject junk | pass pass pass none pass | accept",
                "junk enforce reject junk | pass fail fail reject pass | 550 5.7.26 dmarc",
                "junk enforce reject junk | pass fail fail quarantine pass | quarantine",
                "junk enforce reject junk | pass fail fail none pass | accept",
                "junk none reject junk | pass fail fail reject pass | accept",
                "junk enforce reject junk | pass temperror temperror none pass | 451 4.4.3 dmarc",
                "junk none reject junk | pass temperror temperror none pass | accept",
                "junk enforce reject junk | pass fail none none pass | quarantine",
                "reject enforce reject junk | pass fail none none pass | 550 5.7.23 spf",
                "none enforce reject junk | pass fail none none pass | accept",
                "reject enforce reject junk | pass softfail none none pass | accept",
                "reject enforce reject junk | pass temperror none none pass | accept",
                "reject enforce reject junk | pass permerror none none pass | accept",
                "reject enforce reject junk | pass fail pass none pass | accept",
                "reject enforce reject junk | pass fail permerror none pass | 550 5.7.23 spf",
                "junk enforce reject junk | permerror pass pass none pass | 550 5.7.25 iprev",
                "junk enforce junk junk | permerror pass pass none pass | quarantine",
                "junk enforce none junk | permerror pass none none pass | accept",
                "junk enforce reject junk | fail pass none none pass | quarantine",
                "junk enforce reject junk | fail pass pass none pass | accept",
                "junk enforce none junk | fail pass none none pass | accept",
                "junk enforce reject junk | temperror pass none none pass | accept",
                "junk enforce reject junk | pass pass pass none fail | quarantine",
                "junk enforce reject reject | pass pass pass none fail | 550 5.7.1 dnsbl",
                "junk enforce reject none | pass pass pass none fail | accept",
                "junk enforce reject reject | pass pass pass none temperror | accept",
                "junk enforce reject junk | permerror pass temperror none pass | 550 5.7.25 iprev",
                "reject enforce reject reject | permerror fail fail reject fail | 550 5.7.1 dnsbl",
            })
    void decides(String policy, String results, String expected) {
        assertThat(text(policy(policy).decide("id", found("192.0.2.1", results))))
                .isEqualTo(expected);
    }

    @Test
    void privateAddressesNeedNoReverseDns() {
        Verification found = found("127.0.0.1", "permerror pass none none pass");
        assertThat(text(policy("junk enforce reject junk").decide("id", found))).isEqualTo("accept");
    }

    @Test
    void refusalsSayWhy() {
        Policy policy = policy("reject enforce reject reject");
        assertThat(policy.decide("id", found("192.0.2.1", "pass pass pass none fail"))
                        .text())
                .isEqualTo("client 192.0.2.1 is listed by list.example as 127.0.0.2: see https://list.example");
        assertThat(policy.decide("id", found("192.0.2.1", "pass fail fail reject pass"))
                        .text())
                .isEqualTo("DMARC policy of example.org refuses this message from example.org: SPF is fail for"
                        + " sender.example, DKIM is none, and no pass is aligned; sign it as example.org or send it by a"
                        + " host that its SPF permits");
        assertThat(policy.decide("id", found("192.0.2.1", "pass fail none none pass"))
                        .text())
                .isEqualTo("SPF of sender.example does not permit client 192.0.2.1; the domain explains: go ? away");
    }

    @Test
    void addressesWithoutNamesAreToldWhatToDo() {
        Verdict verdict = policy("reject enforce reject reject")
                .decide("id", found("192.0.2.1", "permerror pass none none pass"));
        assertThat(verdict.text())
                .isEqualTo(
                        "client address 192.0.2.1 has no PTR record in the reverse DNS; its network's operator can add"
                                + " one");
    }

    private static Policy policy(String words) {
        String[] word = words.toUpperCase(Locale.ROOT).split(" ");
        return new Policy(
                Action.valueOf(word[0]),
                DmarcMode.valueOf(word[1]),
                Action.valueOf(word[2]),
                Action.valueOf(word[3]),
                new ContentPolicy(Action.REJECT, Action.REJECT));
    }

    private static Verification found(String client, String results) {
        String[] word = results.toUpperCase(Locale.ROOT).split(" ");
        boolean listed = word[4].equals("FAIL");
        return new Verification(
                ClientAddress.parse(client).orElseThrow(),
                "x@sender.example",
                "helo.example",
                new IprevResult(IprevResult.Status.valueOf(word[0]), ""),
                new SpfResult(SpfStatus.valueOf(word[1]), "sender.example", true, "", "go \u00e9 away"),
                List.of(),
                List.of(new DmarcResult(
                        DmarcResult.Status.valueOf(word[2]),
                        "example.org",
                        "example.org",
                        Optional.empty(),
                        DmarcPolicy.valueOf(word[3]),
                        false,
                        false,
                        "")),
                ArcChains.NONE,
                List.of(new DnsblResult(
                        DnsblResult.Status.valueOf(word[4]),
                        "list.example",
                        listed ? "127.0.0.2" : "",
                        listed ? "see https://list.example" : "")),
                List.of());
    }

    private static String text(Verdict verdict) {
        return switch (verdict.decision()) {
            case ACCEPT -> "accept";
            case QUARANTINE -> "quarantine";
            case REJECT -> verdict.code() + " " + verdict.enhanced() + " " + verdict.method();
        };
    }
}
