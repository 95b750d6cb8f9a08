package org.facteur.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.facteur.mail.dkim.DkimKeyAnswer;
import org.facteur.platform.dns.FakeDns;
import org.junit.jupiter.api.Test;

class DnsDkimKeysTest {
    private static final String NAME = "sel._domainkey.example.org";

    private final FakeDns dns = Messages.dns();
    private final DnsDkimKeys keys = new DnsDkimKeys(dns);

    @Test
    void keyBehindAnAlias() {
        dns.cname("other._domainkey.example.org", "customer.keys.example.net").cname("customer.keys.example.net", NAME);
        assertThat(find("other._domainkey.example.org")).isEqualTo(find(NAME)).isInstanceOf(DkimKeyAnswer.Found.class);
    }

    @Test
    void sameRecordIsParsedOnce() {
        dns.cname("other._domainkey.example.org", NAME);
        assertThat(find("other._domainkey.example.org")).isSameAs(find(NAME));
    }

    @Test
    void changedRecordIsParsedAnew() {
        find(NAME);
        dns.remove(NAME).txt(NAME, "v=DKIM1; p=");
        assertThat(((DkimKeyAnswer.Found) find(NAME)).key().key()).isEmpty();
    }

    @Test
    void absentKeyAndNoAnswerAreTwoThings() {
        assertThat(find("none._domainkey.example.org")).isEqualTo(new DkimKeyAnswer.Unusable("no key"));
        dns.fail(NAME);
        assertThat(find(NAME)).isEqualTo(new DkimKeyAnswer.Unavailable("no answer for " + NAME));
    }

    private DkimKeyAnswer find(String name) {
        return keys.find(name).toCompletableFuture().join();
    }
}
