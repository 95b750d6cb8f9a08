package org.facteur.admin.dmarc;

import java.time.Instant;
import java.util.List;
import org.facteur.mail.record.AuthObservation;

/** Observations for tests. */
final class Seen {
    private Seen() {}

    static AuthObservation.Published policy(String domain, String... rua) {
        return new AuthObservation.Published(domain, "reject", "reject", "reject", "r", "s", false, "u", List.of(rua));
    }

    /** One message from a client in the name of a domain. */
    static AuthObservation message(Instant at, String client, boolean passes, AuthObservation.Published policy) {
        return new AuthObservation(
                AuthObservation.VERSION,
                "m1",
                at,
                client,
                passes ? "pass" : "none",
                passes ? List.of() : List.of(new AuthObservation.Override("local_policy", "<&>\u0001")),
                "news." + policy.domain(),
                "bounce.test",
                "here.test",
                passes,
                false,
                new AuthObservation.Spf("bounce.test", "mfrom", "softfail"),
                passes
                        ? List.of(new AuthObservation.Dkim(policy.domain(), "sel", "pass", ""))
                        : List.of(new AuthObservation.Dkim(policy.domain(), "sel", "fail", "body hash differs")),
                policy);
    }
}
