package org.facteur.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    @ParameterizedTest
    @CsvSource({
        "spf, spf",
        "dkim, dkim",
        "dmarc, dmarc",
        "iprev, iprev",
        "dnsbl, dnsbl",
        "rspamd, content",
        "clamd, content",
        "of a later version, other",
        "'', other"
    })
    void methodsOfVerdictsAreReasons(String method, String reason) {
        assertThat(Reason.ofMethod(method).label()).isEqualTo(reason);
    }
}
