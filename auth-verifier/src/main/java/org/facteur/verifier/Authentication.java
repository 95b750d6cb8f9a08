package org.facteur.verifier;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.facteur.mail.record.Body;
import org.facteur.mail.record.Received;
import org.facteur.mail.record.Verdict;
import org.facteur.platform.body.BodyStore;
import org.facteur.platform.dns.Dns;
import org.facteur.verifier.results.AuthenticationResults;

/** The verification of a message without topics and deadlines: checks, policy, Authentication-Results. */
public final class Authentication {
    /**
     * What the stage would hand on.
     *
     * @param verdict the policy's decision
     * @param results the Authentication-Results field with its CRLF
     */
    public record Outcome(Verdict verdict, String results) {}

    private final VerifierSettings settings;
    private final Checks checks;
    private final BodyStore bodies;

    /** A verifier on that DNS that finds large messages in that store. */
    public Authentication(Vertx vertx, Dns dns, BodyStore bodies, Clock clock, VerifierSettings settings) {
        this.settings = settings;
        this.bodies = bodies;
        this.checks = new Checks(vertx, dns, clock, settings);
    }

    /** Verifies a message; fails only where its body cannot be read or the client's address is none. */
    public Future<Outcome> of(Received received, Body message) {
        return ReceivedBody.open(message, bodies)
                .compose(body -> checks.begin(received, body.header()).verify(body, bodies, () -> Checks.MOST_DNS))
                .map(found -> new Outcome(
                        settings.policy().decide(received.id(), found),
                        AuthenticationResults.field(settings.authservId(), found)));
    }
}
